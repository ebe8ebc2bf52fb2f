import { describe, expect, test } from '@jest/globals'
import { aRun, OUTSIDER, T0 } from '../../test/support/run-builders.ts'
import { sidecarPod, WELL } from '../../test/support/sidecar-pods.ts'
import type { TeamWorkload } from '../census/count.ts'
import type { Pod } from '../istio/objects.ts'
import { isoOf } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import { newTurns } from '../kernel/turns.ts'
import type { WorkloadName } from '../ports/cluster.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { keyIdOf, newKeyPair, signText } from '../kernel/signatures.ts'
import { answerCompare } from './compare-sidecars.ts'
import { handleRequest } from './handle-request.ts'
import type { WorkerContext } from './worker-context.ts'

const SWITCHED: Run = { ...aRun(), phase: 'retire', state: 'switched' }
const OLD = SWITCHED.plan.from[0]?.revision ?? ''
const NEW = SWITCHED.plan.to.revision
const PODS = [sidecarPod(NEW, { proxy: { ...WELL, ready: false } }, T0), sidecarPod(OLD, {}, T0)]

const workload = (team: string, name: string): TeamWorkload => ({
  team,
  namespace: 'pay',
  kind: 'Deployment',
  name,
  changedAt: isoOf(T0),
})
const named = (name: string): WorkloadName => ({ namespace: 'pay', kind: 'Deployment', name })

type World = {
  readonly run?: Run | null
  readonly workloads?: readonly TeamWorkload[]
  readonly countedMs?: number
  readonly broken?: boolean
  readonly lost?: boolean
  readonly pods?: readonly Pod[]
}
type Told = { readonly ok: boolean; readonly said: Coded; readonly more: readonly Coded[] }

/** What is told, which workloads were read for it, and what the audit got. */
async function asked(
  world: World,
  ask: { readonly run?: string; readonly team?: string; readonly workload?: WorkloadName },
) {
  const {
    run = SWITCHED,
    workloads = [workload('pay', 'api')],
    countedMs = T0,
    broken = false,
    lost = false,
    pods = PODS,
  } = world
  const [told, read, audited]: [Told[], string[], string[]] = [[], [], []]
  const taken = { census: { countedAt: isoOf(countedMs) }, seenMs: countedMs, stragglers: [], everyTeam: [], workloads }
  const losing = new AbortController()
  if (lost) losing.abort()
  const ctx = {
    compareTurns: newTurns(),
    lost: losing.signal,
    settings: { cluster: 'prod-a', channel: 'C0PROD', times: { staleAfter: 60_000 } },
    clocks: { machine: { now: () => T0 }, calendar: { now: () => T0 } },
    runs: { current: async () => run },
    store: { ids: async () => [], load: async () => null },
    lastCensus: () => taken,
    cluster: {
      readWorkload: async ({ name }: WorkloadName) => {
        read.push(name)
        if (broken) throw new CodedError('CLUSTER_UNREACHABLE', { server: 'https://k', message: 'no answer' })
        return { pods, owners: [], events: [] }
      },
    },
    queue: { addNotice: async (notice: Told) => void told.push(notice) },
    audit: { append: async ({ what }: { readonly what: Coded }) => void audited.push(String(what.facts['code'])) },
    log: { warn: () => undefined, error: () => undefined },
  } as unknown as WorkerContext
  await answerCompare(ctx, 'rq-1', OUTSIDER, { kind: 'compare', run: SWITCHED.id, team: 'pay', ...ask })
  return { told: told[0], read, audited, times: told.length }
}

const CRASHING = { ...WELL, ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } }

describe('is it the sidecar, asked while the upgrade goes back', () => {
  const RETURNING: Run = { ...SWITCHED, state: 'returning' }

  test('what fails with the sidecar that is taken back could be that sidecar, and each side names its version', async () => {
    const pods = [sidecarPod(NEW, { proxy: CRASHING }, T0), sidecarPod(OLD, {}, T0)]
    const { told } = await asked({ run: RETURNING, pods }, {})
    expect(told?.said.code).toBe('SIDECAR_MAYBE_PROXY')
    const sides = told?.more.filter(({ code }) => code.startsWith('SIDECAR_SIDE_'))
    expect(sides?.map(({ code, facts }) => [code, facts['version']])).toEqual([
      ['SIDECAR_SIDE_NEW', '1.31.0'],
      ['SIDECAR_SIDE_OLD', '1.30.0'],
    ])
  })

  test('what fails only in pods that went back is not called somebody else’s doing', async () => {
    const pods = [sidecarPod(NEW, {}, T0), sidecarPod(OLD, { proxy: CRASHING }, T0)]
    expect((await asked({ run: RETURNING, pods }, {})).told?.said.code).toBe('SIDECAR_BACK_ONLY')
    expect((await asked({ pods }, {})).told?.said.code).toBe('SIDECAR_NOT_OLD_ONLY')
  })
})

describe('is it the sidecar, asked of the worker', () => {
  test('the only workload of a team is read at once, and the answer says whom to ask', async () => {
    const { told, read, audited } = await asked({}, {})
    expect(read).toEqual(['api'])
    expect(told).toMatchObject({ ok: true, said: { code: 'SIDECAR_MAYBE_PROXY' } })
    expect(told?.said.facts).toMatchObject({ by: 'U0LEE', channel: 'C0PROD', workload: 'pay/Deployment/api' })
    expect(told?.more.map(({ code }) => code)).toContain('SIDECAR_SIDE_OLD')
    expect(audited).toEqual([])
  })

  test('of several none is read before one is chosen; those of other teams are not offered', async () => {
    const workloads = [...['api', 'web'].map((name) => workload('pay', name)), workload('shop', 'cart')]
    const choice = await asked({ workloads }, {})
    expect(choice.read).toEqual([])
    expect(choice.told?.said).toMatchObject({
      code: 'SIDECAR_WHICH',
      facts: { workloads: ['pay/Deployment/api', 'pay/Deployment/web'], more: 0 },
    })
    expect((await asked({ workloads }, { workload: named('web') })).read).toEqual(['web'])
  })

  test('more than 25 are not offered, and it is said how many are not', async () => {
    const workloads = Array.from({ length: 30 }, (_, at) => workload('pay', `w-${at}`))
    const { told } = await asked({ workloads }, {})
    expect(told?.said.facts).toMatchObject({ more: 5 })
    expect(told?.said.facts['workloads']).toHaveLength(25)
  })

  test.each<[string, World, Parameters<typeof asked>[1], string]>([
    [
      "another team's workload",
      { workloads: [workload('pay', 'api'), workload('shop', 'cart')] },
      { workload: named('cart') },
      'SIDECAR_NOT_YOURS',
    ],
    ['one that is not there', {}, { workload: named('gone') }, 'SIDECAR_NOT_YOURS'],
    ['a team without any', { workloads: [workload('shop', 'cart')] }, {}, 'SIDECAR_NO_WORKLOAD'],
    ['another run', {}, { run: 'run-01jd9q4t7hyyyyyyyyyyyyyyyy' }, 'SIDECAR_NO_MIGRATION'],
    ['a run before its switch', { run: aRun() }, {}, 'SIDECAR_NO_MIGRATION'],
    ['a run that is over', { run: { ...SWITCHED, endedAt: isoOf(T0) } }, {}, 'SIDECAR_NO_MIGRATION'],
    ['no run', { run: null }, {}, 'SIDECAR_NO_MIGRATION'],
  ])('%s: nothing is read, and the refusal is audited', async (_, world, ask, code) => {
    expect(await asked(world, ask)).toMatchObject({ told: { ok: false, said: { code } }, read: [], audited: [code] })
  })

  test('a count that is too old, and a cluster that does not answer, are "can\'t tell"', async () => {
    const stale = await asked({ countedMs: T0 - 61_000 }, {})
    expect(stale).toMatchObject({ told: { ok: true, said: { code: 'SIDECAR_UNCOUNTED' } }, read: [] })
    const broken = await asked({ broken: true }, {})
    expect(broken.told?.said).toMatchObject({
      code: 'SIDECAR_UNREAD',
      facts: { because: 'CLUSTER_UNREACHABLE', by: 'U0LEE' },
    })
  })

  test('a worker that lost the Lease meanwhile says nothing', async () => {
    expect(await asked({ lost: true }, {})).toMatchObject({ times: 0, audited: [] })
  })
})

test('a decision never waits for a comparison: its request is over before the cluster has answered', async () => {
  const { publicKey, privateKey } = newKeyPair()
  const body = JSON.stringify({
    v: 1,
    id: 'rq-01jd9q4t7haaaaaaaaaaaaaaaa',
    cluster: 'prod-a',
    at: isoOf(T0),
    nonce: 'a'.repeat(32),
    who: OUTSIDER,
    ask: { kind: 'compare', run: SWITCHED.id, team: 'pay' },
  })
  const signed = { body, key: keyIdOf(publicKey), signature: signText(body, privateKey) }
  const asking = Promise.withResolvers<void>()
  const ctx = {
    compareTurns: newTurns(),
    settings: { cluster: 'prod-a', channel: 'C0PROD', botKeys: [publicKey], times: { staleAfter: 60_000 } },
    clocks: { machine: { now: () => T0 }, calendar: { now: () => T0 } },
    runs: { current: async () => SWITCHED },
    lastCensus: () => ({ census: { countedAt: isoOf(T0) }, seenMs: T0, workloads: [workload('pay', 'api')] }),
    cluster: {
      readWorkload: () => {
        asking.resolve()
        return new Promise(() => undefined)
      },
    },
  } as unknown as WorkerContext
  await expect(handleRequest(ctx, signed)).resolves.toBeUndefined()
  await asking.promise
})
