import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ContainerStatus, KubeEvent, Pod } from '../istio/objects.ts'
import { epochOf, isoOf } from '../kernel/clock.ts'
import { sidecarPod, WELL, type PodChange } from '../../test/support/sidecar-pods.ts'
import { compareSides } from './compare-sides.ts'
import type { WorkloadNow } from './sides.ts'

const MIGRATION = { from: ['default'], to: '1-31-0' }
const NOW = epochOf('2026-11-24T12:00:00Z')
const ago = (minutes: number): string => isoOf(NOW - minutes * 60_000)

const UNREADY: ContainerStatus = { ...WELL, ready: false }
const waits = (reason: string, restartCount = 0): ContainerStatus => ({
  ready: false,
  restartCount,
  state: { waiting: { reason } },
})
const CRASHING = waits('CrashLoopBackOff', 7)

const pod = (revision: string | null, change: PodChange = {}): Pod => sidecarPod(revision, change, NOW)

const many = (n: number, revision: string | null, change: PodChange = {}): Pod[] =>
  Array.from({ length: n }, () => pod(revision, change))
const fresh = (n: number, change: PodChange = {}): Pod[] => many(n, '1-31-0', change)
const old = (n: number, change: PodChange = {}): Pod[] => many(n, 'default', { minutes: 20_000, ...change })

function now(pods: readonly Pod[], change: Partial<WorkloadNow> = {}): WorkloadNow {
  return { pods, owners: [], events: [], ...change }
}

const verdict = (pods: readonly Pod[], change: Partial<WorkloadNow> = {}) =>
  compareSides(now(pods, change), MIGRATION, NOW).verdict

function event(change: Partial<KubeEvent>): KubeEvent {
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, type: 'Warning', lastTimestamp: ago(1), ...change }
}

const REFUSED = event({
  reason: 'FailedCreate',
  involvedObject: { kind: 'ReplicaSet', name: 'web-2', uid: 'rs-2' },
  message:
    'Error creating: Internal error occurred: failed calling webhook "rev.namespace.sidecar-injector.istio.io": no endpoints',
})

describe('is it the sidecar', () => {
  const LATE_CRASH = {
    ...WELL,
    restartCount: 3,
    lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: ago(5) } },
  }
  const CRASHED_LONG_AGO = {
    ...WELL,
    restartCount: 3,
    lastState: { terminated: { exitCode: 1, finishedAt: ago(9000) } },
  }
  const UNPLACED = [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
    { type: 'Ready', status: 'False' },
  ]

  test.each<[string, readonly Pod[], string, object]>([
    [
      'its proxy not ready in new pods only',
      [...fresh(3, { proxy: UNREADY }), ...old(9)],
      'MAYBE_PROXY',
      { container: 'istio-proxy', n: 3, pods: 3, m: 0, old: 9 },
    ],
    [
      'its native proxy crashing in new pods only',
      [...fresh(1, { proxy: CRASHING, native: true }), ...old(2)],
      'MAYBE_PROXY',
      { reason: 'CrashLoopBackOff' },
    ],
    [
      'its image that cannot be pulled',
      [...fresh(1, { proxy: waits('ImagePullBackOff') }), ...old(2)],
      'MAYBE_PROXY',
      { reason: 'ImagePullBackOff' },
    ],
    [
      'istio-init that fails, while the rest waits for it',
      [...fresh(1, { init: CRASHING, app: waits('PodInitializing'), proxy: waits('PodInitializing') }), ...old(2)],
      'MAYBE_PROXY',
      { container: 'istio-init' },
    ],
    [
      'proxy and app both failing in new pods only',
      [...fresh(1, { proxy: UNREADY, app: CRASHING }), ...old(2)],
      'MAYBE_PROXY',
      {},
    ],
    [
      'an app that fails on both sides',
      [...fresh(2, { app: CRASHING }), ...old(3, { app: CRASHING })],
      'NOT_SAME',
      { container: 'web', n: 2, pods: 2, m: 3, old: 3 },
    ],
    [
      'an app that crashes in new pods and is not ready in old ones',
      [...fresh(2, { app: CRASHING }), ...old(3, { app: UNREADY })],
      'NOT_SAME',
      { m: 3 },
    ],
    [
      'an app that fails on one old pod of nine alone',
      [...fresh(3, { app: CRASHING }), ...old(8), ...old(1, { app: CRASHING })],
      'MAYBE_APP',
      { m: 1, old: 9 },
    ],
    [
      'the app in new pods only, with the same image',
      [...fresh(2, { app: CRASHING }), ...old(3)],
      'MAYBE_APP',
      { container: 'web' },
    ],
    [
      'the app in new pods only, with another image',
      [...fresh(2, { app: CRASHING, image: 'shop/web:2' }), ...old(3)],
      'EITHER',
      { before: 'shop/web:1', after: 'shop/web:2' },
    ],
    [
      "the app's image that cannot be pulled",
      [...fresh(2, { app: waits('ErrImagePull'), image: 'shop/web:2' }), ...old(3)],
      'NOT_CONTAINER',
      { reason: 'ErrImagePull' },
    ],
    [
      'settings that are missing, with no old pod left',
      fresh(2, { app: waits('CreateContainerConfigError') }),
      'NOT_CONTAINER',
      {},
    ],
    ['only old pods failing', [...fresh(2), ...old(3, { app: CRASHING })], 'NOT_OLD_ONLY', { pods: 2, old: 3 }],
    ['nothing failing', [...fresh(2), ...old(3)], 'NO_DIFFERENCE', { pods: 2, old: 3 }],
    [
      'an app that was killed a moment ago',
      [...fresh(2, { app: LATE_CRASH }), ...old(3)],
      'MAYBE_APP',
      { reason: 'OOMKilled' },
    ],
    ['an error of last week', [...fresh(2, { app: CRASHED_LONG_AGO }), ...old(3)], 'NO_DIFFERENCE', {}],
    ['no new pods', old(3), 'NO_NEW_PODS', { old: 3 }],
    ['no old pods', fresh(3), 'NO_OLD_PODS', { pods: 3 }],
    ['no old pods, and a proxy that fails', fresh(3, { proxy: CRASHING }), 'NO_OLD_PODS', {}],
    [
      'new pods that still start',
      [...fresh(2, { proxy: UNREADY, app: UNREADY, minutes: 1 }), ...old(3)],
      'STARTING',
      { n: 2, pods: 2 },
    ],
    [
      'young ones beside a crashing one',
      [...fresh(1, { app: UNREADY, minutes: 1 }), ...fresh(1, { proxy: CRASHING, minutes: 1 }), ...old(3)],
      'MAYBE_PROXY',
      { n: 1, pods: 2 },
    ],
    [
      'new pods without a node',
      [...fresh(2, { conditions: UNPLACED, app: {}, proxy: {} }), ...old(3)],
      'POD_WAITS',
      { reason: 'Unschedulable' },
    ],
    ['new pods without any sidecar', [...many(2, null, { app: CRASHING }), ...old(3)], 'NO_NEW_PODS', {}],
  ])('%s', (_, pods, code, facts) => {
    expect(verdict(pods)).toMatchObject({ code: `SIDECAR_${code}`, facts })
  })

  test('pods that end, or have ended, stand on no side', () => {
    const [one, two] = fresh(2, { proxy: CRASHING })
    if (!one || !two) throw new Error('no pods')
    const ending = { ...one, metadata: { ...one.metadata, deletionTimestamp: ago(1) } }
    const ended = { ...two, status: { ...two.status, phase: 'Failed' } }
    const compared = compareSides(now([ending, ended, ...fresh(1), ...old(1)]), MIGRATION, NOW)
    expect(compared.verdict.code).toBe('SIDECAR_NO_DIFFERENCE')
    expect(compared.seen).toContainEqual({ code: 'SIDECAR_OTHERS', facts: { n: 2 } })
  })

  test('an injector that keeps new pods from being made, but not one of an hour ago, nor a quota', () => {
    const quota = event({ ...REFUSED, message: 'Error creating: pods "web" is forbidden: exceeded quota: mem' })
    const early = event({ ...REFUSED, lastTimestamp: ago(60) })
    expect(verdict(old(2), { events: [REFUSED] }).code).toBe('SIDECAR_MAYBE_INJECTION')
    for (const one of [quota, early]) expect(verdict(old(2), { events: [one] }).code).toBe('SIDECAR_NO_NEW_PODS')
  })

  test('without events nothing is said to be alike; what fails is said all the same', () => {
    expect(verdict([...fresh(2), ...old(2)], { events: null }).code).toBe('SIDECAR_EVENTS_NEEDED')
    expect(verdict([...fresh(2, { proxy: CRASHING }), ...old(2)], { events: null }).code).toBe('SIDECAR_MAYBE_PROXY')
  })

  test('events stand beside the side that they are of, one of each reason, the newest first', () => {
    const [newPod, oldPod] = [fresh(1), old(1)].flat()
    const owners = ['rs-1', 'rs-2'].map((uid, at) => ({ name: uid, uid, creationTimestamp: ago(100 - at) }))
    const about = (uid = '', reason = '', minutes = 1, count = 1) =>
      event({ involvedObject: { uid }, reason, message: `${reason} of ${uid}`, lastTimestamp: ago(minutes), count })
    const events = [
      about(newPod?.metadata.uid, 'Unhealthy', 9),
      about(newPod?.metadata.uid, 'BackOff', 2, 12),
      about(newPod?.metadata.uid, 'BackOff', 3),
      about(oldPod?.metadata.uid, 'Unhealthy'),
      about('rs-2', 'FailedCreate', 5),
      about('rs-1', 'FailedCreate', 6),
    ]
    const { seen } = compareSides(
      { pods: [newPod, oldPod].flatMap((one) => one ?? []), owners, events },
      MIGRATION,
      NOW,
    )
    const said = seen
      .filter(({ code }) => code.startsWith('SIDECAR_EVENT_'))
      .map(({ code, facts }) => [code.slice(14), facts['message'], facts['times']])
    expect(said).toEqual([
      ['NEW', `BackOff of ${newPod?.metadata.uid}`, 12],
      ['NEW', 'FailedCreate of rs-2', 1],
      ['NEW', `Unhealthy of ${newPod?.metadata.uid}`, 1],
      ['OLD', `Unhealthy of ${oldPod?.metadata.uid}`, 1],
      ['OLD', 'FailedCreate of rs-1', 1],
    ])
  })

  test('each side is told in numbers: ready pods and proxies, restarts of the proxy and of the others', () => {
    const { seen } = compareSides(
      now([...fresh(2, { app: CRASHING }), ...old(3, { proxy: CRASHED_LONG_AGO })]),
      MIGRATION,
      NOW,
    )
    expect(seen).toEqual([
      { code: 'SIDECAR_SIDE_NEW', facts: { pods: 2, ready: 0, proxyReady: 2, proxyRestarts: 0, appRestarts: 14 } },
      { code: 'SIDECAR_SIGN_NEW', facts: { container: 'web', reason: 'CrashLoopBackOff', n: 2, pods: 2 } },
      { code: 'SIDECAR_SIDE_OLD', facts: { pods: 3, ready: 3, proxyReady: 3, proxyRestarts: 9, appRestarts: 0 } },
    ])
  })
})

test('nothing is compared with an old pod that is still starting', () => {
  const young = { app: WELL, proxy: UNREADY, init: WELL, image: 'a:1', minutes: 1, native: false }
  const well = { ...young, proxy: WELL }
  const compared = compareSides(now([pod('default', young), pod('1-31-0', well)]), MIGRATION, NOW)
  expect(compared.verdict).toEqual({ code: 'SIDECAR_OLD_STARTING', facts: { n: 1, pods: 1 } })
})

describe('whatever the pods are', () => {
  const status = fc.constantFrom(WELL, UNREADY, CRASHING, waits('ImagePullBackOff'), waits('PodInitializing'), {})
  const change = fc.record({
    app: status,
    proxy: status,
    init: status,
    image: fc.constantFrom('a:1', 'a:2'),
    minutes: fc.constantFrom(1, 30, 9000),
    native: fc.boolean(),
  })
  const pods = fc.array(fc.tuple(fc.constantFrom('1-31-0', 'default', 'other', null), change), { maxLength: 8 })
  const built = pods.map((all) => all.map(([revision, one]) => pod(revision, one)))
  const events = fc.constantFrom<WorkloadNow['events']>([], null, [REFUSED])
  const isNew = ({ metadata }: Pod): boolean =>
    metadata.annotations?.['sidecar.istio.io/status']?.includes('1-31-0') ?? false

  test('"no difference" and "not the sidecar" are said only where both sides are there, but of what cannot start at all', () => {
    fc.assert(
      fc.property(built, events, (all, told) => {
        const { code, facts } = verdict(all, { events: told })
        if (code === 'SIDECAR_NOT_CONTAINER') return facts['container'] !== 'istio-proxy'
        if (!/SIDECAR_NO_DIFFERENCE|SIDECAR_NOT_/.test(code)) return true
        return all.some(isNew) && Number(facts['old']) > 0
      }),
    )
  })

  test('"no difference" is said of no pod that is not ready', () => {
    fc.assert(
      fc.property(built, (all) => {
        const compared = compareSides(now(all), MIGRATION, NOW)
        if (compared.verdict.code !== 'SIDECAR_NO_DIFFERENCE') return true
        return compared.seen
          .filter(({ code }) => code.startsWith('SIDECAR_SIDE_'))
          .every(({ facts }) => facts['ready'] === facts['pods'])
      }),
    )
  })

  test('the order of the pods changes no verdict', () => {
    fc.assert(
      fc.property(built, (all) => {
        expect(verdict(all.toReversed()).code).toBe(verdict(all).code)
      }),
    )
  })
})
