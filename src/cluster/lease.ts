import type { Clock } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { Facts, Refusal } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { sleep } from '../kernel/retry.ts'
import type { Leadership } from '../ports/cluster.ts'
import { elapsedMs, momentOf, type Moment } from './elapsed.ts'
import type { KubeHttp } from './kube-http.ts'
import { microTime, newLeaseObject, type Lease, type LeaseObject, type LeaseSpec } from './lease-object.ts'

/** Milliseconds. `giveUp` must be well under `lease`: the old leader must have stopped before a new one may begin. */
export type LeaseTimes = { readonly lease: number; readonly giveUp: number; readonly renew: number }

export const LEASE_TIMES: LeaseTimes = { lease: 15_000, giveUp: 10_000, renew: 2500 }

export type LeadershipOptions = {
  readonly http: KubeHttp
  readonly namespace: string
  readonly cluster: string
  /** Unique for each process: two with one identity would both believe that they lead. */
  readonly identity: string
  readonly machine: Clock
  readonly log: Log
  readonly times?: LeaseTimes
  /**
   * Take the Lease from whoever holds it, for the way back when nothing else answers. The holder stops as soon as it sees so,
   * at the latest when it would have had to renew; until then nothing is begun here.
   */
  readonly seize?: boolean
  /** Told why each try to take the Lease failed; another's Lease is no failure. */
  readonly onFailure?: (refusal: Refusal) => void
}

type Observed = { readonly version: string; readonly since: Moment; readonly durationMs: number }
type State = { leads: boolean; since: Facts; observed: Observed | null }

/**
 * Leadership by the Lease `meshferry-CLUSTER`. As in client-go, another's Lease is over when *we* have seen it unchanged for
 * its duration: times written by other machines' clocks are never compared with ours.
 */
export function newLeadership(options: LeadershipOptions): Leadership {
  const times = options.times ?? LEASE_TIMES
  const lease = newLeaseObject(options.http, options.namespace, `meshferry-${options.cluster}`, times.giveUp)
  const state: State = { leads: false, since: {}, observed: null }
  return {
    holder: () => ({ identity: options.identity, leads: state.leads, since: state.since }),
    async run(onLead, signal) {
      while (!signal.aborted) {
        const taken = await tryToTake(lease, state, options, times)
        if (taken) await leadOnce(lease, taken, state, options, times, onLead, signal)
        await sleep(times.renew * (0.8 + Math.random() * 0.4), signal)
      }
    },
  }
}

type Taken = { readonly lease: Lease; readonly at: Moment; readonly seized: boolean }
/** The Lease as last saved by us, and when the request that saved it was sent. */
type Tenure = { lease: Lease; at: Moment }

async function tryToTake(
  object: LeaseObject,
  state: State,
  options: LeadershipOptions,
  times: LeaseTimes,
): Promise<Taken | null> {
  try {
    const seen = await object.read()
    const isHeld = seen !== null && !isFree(seen, state, options)
    if (isHeld && !options.seize) return null
    // The clock starts before the request is sent: what the server saved can only be younger.
    const at = momentOf(options.machine)
    const spec = takenSpec(seen, options, times)
    const saved = await object.write(spec, seen?.metadata.resourceVersion ?? null, times.giveUp / 2)
    return saved && { lease: saved, at, seized: isHeld }
  } catch (error) {
    const { code, facts } = refusalOf(error)
    options.log.warn('could not ask for the Lease', { code, ...facts })
    options.onFailure?.({ code, facts })
    return null
  }
}

function isFree(seen: Lease, state: State, options: LeadershipOptions): boolean {
  const { holderIdentity, leaseDurationSeconds = 15 } = seen.spec ?? {}
  // Our own identity is of this very process: nobody else holds it.
  if (!holderIdentity || holderIdentity === options.identity) return true
  const version = seen.metadata.resourceVersion ?? ''
  if (state.observed?.version !== version) {
    state.observed = { version, since: momentOf(options.machine), durationMs: leaseDurationSeconds * 1000 }
    state.since = { holder: holderIdentity }
    return false
  }
  // By the steady clock alone: here, too much would take a Lease that is still held.
  return performance.now() - state.observed.since.steady > state.observed.durationMs
}

function takenSpec(seen: Lease | null, { identity, machine }: LeadershipOptions, times: LeaseTimes): LeaseSpec {
  const now = microTime(machine.now())
  const changes = seen?.spec?.leaseTransitions ?? 0
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.max(1, Math.ceil(times.lease / 1000)),
    acquireTime: now,
    renewTime: now,
    leaseTransitions: seen && seen.spec?.holderIdentity !== identity ? changes + 1 : changes,
  }
}

async function leadOnce(
  object: LeaseObject,
  taken: Taken,
  state: State,
  options: LeadershipOptions,
  times: LeaseTimes,
  onLead: Parameters<Leadership['run']>[0],
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController()
  const tenure: Tenure = { lease: taken.lease, at: taken.at }
  const holds = (): boolean => {
    if (elapsedMs(tenure.at, options.machine) >= times.giveUp) over.abort()
    return !over.signal.aborted
  }
  const stop = (): void => over.abort()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  state.leads = true
  state.since = { holder: options.identity, at: microTime(options.machine.now()) }
  over.signal.addEventListener('abort', () => {
    state.leads = false
  })
  const renewing = renew(object, tenure, options, times, over, holds)
  try {
    if (taken.seized) await sleep(times.giveUp, over.signal)
    // Lost or stopped meanwhile: nothing is begun that would only have to end.
    if (holds()) await onLead(over.signal, holds)
  } catch (error) {
    const { code, facts } = refusalOf(error)
    options.log.error('what the leader does ended by an error', { code, ...facts })
  } finally {
    over.abort()
    signal.removeEventListener('abort', stop)
    state.observed = null
    await release(object, await renewing, options)
  }
}

/** Renews until `over`; aborts it when no renewal has succeeded for `giveUp`, even while a request hangs. */
async function renew(
  object: LeaseObject,
  tenure: Tenure,
  options: LeadershipOptions,
  times: LeaseTimes,
  over: AbortController,
  holds: () => boolean,
): Promise<Lease | null> {
  const watchdog = setInterval(holds, Math.max(20, times.giveUp / 50))
  try {
    for (;;) {
      await sleep(times.renew, over.signal)
      if (over.signal.aborted) return tenure.lease
      const started = momentOf(options.machine)
      const spec = { ...tenure.lease.spec, renewTime: microTime(options.machine.now()) }
      const saved = await renewal(object, spec, tenure.lease, options, times)
      if (saved === 'taken') return (over.abort(), null)
      if (saved !== 'failed') [tenure.lease, tenure.at] = [saved, started]
    }
  } finally {
    clearInterval(watchdog)
  }
}

async function renewal(
  object: LeaseObject,
  spec: LeaseSpec,
  lease: Lease,
  options: LeadershipOptions,
  times: LeaseTimes,
): Promise<Lease | 'taken' | 'failed'> {
  try {
    const saved = await object.write(spec, lease.metadata.resourceVersion ?? null, times.giveUp / 2)
    if (saved) return saved
    // A conflict may be our own write whose answer was lost, or a foreign label: only another holder is a loss.
    const now = await object.read()
    if (now?.spec?.holderIdentity !== options.identity) return 'taken'
    return (await object.write(spec, now.metadata.resourceVersion ?? null, times.giveUp / 2)) ?? 'failed'
  } catch (error) {
    const { code, facts } = refusalOf(error)
    options.log.warn('the Lease was not renewed', { code, ...facts })
    return 'failed'
  }
}

/** Lets the next one begin at once. Where this fails the Lease just runs out. */
async function release(object: LeaseObject, lease: Lease | null, options: LeadershipOptions): Promise<void> {
  if (!lease) return
  const spec = {
    ...lease.spec,
    holderIdentity: '',
    leaseDurationSeconds: 1,
    renewTime: microTime(options.machine.now()),
  }
  await object.write(spec, lease.metadata.resourceVersion ?? null, 2000).catch((error: unknown) => {
    options.log.warn('the Lease was not released', { code: refusalOf(error).code })
  })
}
