import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Restart } from '../wire/restarts.ts'
import { afterPlan, afterWrite, written } from './advance.ts'
import { shownOf } from './facts-of-workload.ts'
import { keeperOf, rolloutKeeper } from './keeper.ts'
import { healthOf, inVain, type RolledObject } from './rollout.ts'
import { isDue, mayPick, offeredTime } from './when.ts'
import { mayRestart } from './who.ts'
import { nextOf, restartPatch } from './write.ts'

const API = { namespace: 'pay', kind: 'Deployment', name: 'api' }
const T0 = Date.parse('2026-12-01T09:00:00.000Z')
const STAMP = '2026-12-01T09:00:00.000Z'
const AT = 'kubectl.kubernetes.io/restartedAt'

type Change = {
  readonly kind?: string
  readonly meta?: Partial<RolledObject['metadata']>
  readonly spec?: RolledObject['spec']
  readonly status?: RolledObject['status']
  readonly stamp?: string
}

function workload({ kind = 'Deployment', meta = {}, spec = {}, status = {}, stamp }: Change = {}): RolledObject {
  const annotations = stamp === undefined ? {} : { annotations: { [AT]: stamp } }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'api', namespace: 'pay', uid: 'u1', generation: 4, resourceVersion: '77', ...meta },
    spec: { replicas: 3, template: { metadata: { labels: { app: 'api' }, ...annotations } }, ...spec },
    status: {
      observedGeneration: 4,
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 3,
      availableReplicas: 3,
      ...status,
    },
  }
}

function record(change: Partial<Restart> = {}): Restart {
  return {
    id: 'rq-01jd9q4t7h0123456789abcdef',
    run: 'run-01jd9q4t7h0123456789abcdef',
    from: [{ revision: 'default', version: '1.30.0' }],
    to: { revision: '1-31-0', version: '1.31.0' },
    team: 'payments',
    workload: API,
    uid: 'u1',
    generation: 4,
    by: 'U0MEI',
    at: STAMP,
    stamp: STAMP,
    state: 'asked',
    revision: 1,
    told: 0,
    ...change,
  }
}

const person = (user: string, groups: string[] = []) => ({ user, team: 'T1', groups, name: user })

describe('who may', () => {
  test.each([
    ['a member by id', { members: ['U0MEI'] }, person('U0MEI'), undefined],
    ['a member by group', { members: ['S0PAY'] }, person('U0SRE', ['S0PAY']), undefined],
    ['a stranger', { members: ['U0MEI', 'S0PAY'] }, person('U0OUT', ['S0SHOP']), 'NOT_OF_THE_TEAM'],
    ['nobody where nobody is listed', {}, person('U0MEI'), 'TEAM_HAS_NO_MEMBERS'],
    ['nobody where the list is empty', { members: [] }, person('U0MEI'), 'TEAM_HAS_NO_MEMBERS'],
  ])('%s', (_name, team, who, code) => {
    expect(mayRestart('payments', team, who)?.code).toBe(code)
  })

  test('whom to ask: the contact, else the members', () => {
    expect(mayRestart('a', { members: ['U0MEI'], contact: 'U0LEE' }, person('U0OUT'))?.facts['ask']).toBe('U0LEE')
    expect(mayRestart('a', { members: ['U0MEI'] }, person('U0OUT'))?.facts['ask']).toEqual(['U0MEI'])
  })
})

describe('who keeps it', () => {
  const labels = (name: string, value: string) => workload({ meta: { labels: { [name]: value } } })
  test.each([
    ['nobody', workload(), undefined],
    ['a Helm chart is no keeper', labels('app.kubernetes.io/instance', 'api'), undefined],
    [
      'Argo CD, by its tracking id',
      workload({ meta: { annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:pay/api' } } }),
      'argocd app actions run store restart --group apps --kind Deployment --namespace pay --resource-name api',
    ],
    [
      'Argo CD, by its own label',
      labels('argocd.argoproj.io/instance', 'store'),
      'argocd app actions run store restart --group apps --kind Deployment --namespace pay --resource-name api',
    ],
    [
      'Flux, a Kustomization',
      labels('kustomize.toolkit.fluxcd.io/name', 'apps'),
      'kubectl rollout restart deployment/api -n pay --field-manager=flux-client-side-apply',
    ],
    [
      'Flux, a HelmRelease',
      labels('helm.toolkit.fluxcd.io/name', 'api'),
      'kubectl rollout restart deployment/api -n pay --field-manager=flux-client-side-apply',
    ],
  ])('%s', (_name, object, how) => {
    expect(keeperOf(object, API)?.how).toBe(how)
  })

  test('a Rollout is Argo Rollouts’', () => {
    expect(rolloutKeeper(API)).toEqual({ tool: 'Argo Rollouts', how: 'kubectl argo rollouts restart api -n pay' })
  })
})

describe('what is shown', () => {
  const budget = (disruptionsAllowed: number, app = 'api') => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: app },
    spec: { selector: { matchLabels: { app } } },
    status: { disruptionsAllowed },
  })
  test.each([
    ['pods, strategy and no budget', workload(), [], { replicas: 3, ready: 3, strategy: 'RollingUpdate' }],
    ['the tightest of its own budgets', workload(), [budget(2), budget(0), budget(9, 'web')], { allows: 0 }],
    ['that budgets can not be read', workload(), null, { budgetUnknown: true }],
    ['a gap by Recreate', workload({ spec: { replicas: 3, strategy: { type: 'Recreate' } } }), [], { gap: true }],
    ['a gap of a single pod', workload({ spec: { replicas: 1 } }), [], { gap: true }],
  ])('%s', (_name, object, budgets, facts) => {
    expect(shownOf(API, object, budgets)).toMatchObject({
      workload: 'pay/Deployment/api',
      uid: 'u1',
      generation: 4,
      ...facts,
    })
  })

  test('no gap of a DaemonSet with one node, nor of three rolling pods', () => {
    const one = workload({ kind: 'DaemonSet', status: { desiredNumberScheduled: 1, numberReady: 1 } })
    expect(shownOf(API, one, [])).toMatchObject({ replicas: 1, ready: 1 })
    expect([shownOf(API, one, []), shownOf(API, workload(), [])].map((facts) => 'gap' in facts)).toEqual([false, false])
  })

  test.each([
    ['paused', workload({ spec: { paused: true } }), 'ROLLOUT_PAUSED'],
    ['on delete', workload({ spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } } }), 'ON_DELETE'],
    [
      'a partition',
      workload({ spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition: 1 } } } }),
      'ROLLOUT_PARTITION',
    ],
    ['no pod wanted', workload({ spec: { replicas: 0 } }), 'SCALED_TO_ZERO'],
    ['nothing in the way', workload(), null],
  ])('in vain: %s', (_name, object, cause) => {
    expect(inVain(object)).toBe(cause)
  })
})

describe('the one write', () => {
  test('is the annotation of kubectl, guarded by uid and resourceVersion', () => {
    const tests = [
      { op: 'test', path: '/metadata/uid', value: 'u1' },
      { op: 'test', path: '/metadata/resourceVersion', value: '77' },
    ]
    const path = '/spec/template/metadata/annotations'
    expect(restartPatch(workload(), STAMP)).toEqual([...tests, { op: 'add', path, value: { [AT]: STAMP } }])
    expect(restartPatch(workload({ stamp: 'before' }), STAMP)).toEqual([
      ...tests,
      { op: 'add', path: `${path}/kubectl.kubernetes.io~1restartedAt`, value: STAMP },
    ])
  })

  test.each([
    ['as it was shown', workload(), { kind: 'write' }],
    ['another status is no change', workload({ meta: { resourceVersion: '90' } }), { kind: 'write' }],
    ['our stamp is there', workload({ meta: { generation: 5 }, stamp: STAMP }), { kind: 'written' }],
    ['somebody changed the spec', workload({ meta: { generation: 5 } }), { because: { code: 'RESTART_CHANGED' } }],
    ['made anew', workload({ meta: { uid: 'u2' } }), { because: { code: 'RESTART_GONE' } }],
    ['gone', null, { because: { code: 'RESTART_GONE' } }],
  ])('%s', (_name, object, next) => {
    expect(nextOf(record(), object)).toMatchObject(next)
  })

  test('is made at most once, however often it is looked at and whoever else writes', () => {
    const acts = fc.array(fc.constantFrom('look', 'other', 'status', 'lost'), { maxLength: 12 })
    fc.assert(
      fc.property(acts, (all) => {
        let [object, writes] = [workload(), 0]
        for (const act of all) {
          const generation = object.metadata.generation ?? 0
          // `lost`: written, and the worker died before it could note so.
          if ((act === 'look' || act === 'lost') && nextOf(record(), object).kind === 'write') {
            object = workload({ meta: { generation: generation + 1 }, stamp: STAMP })
            writes += 1
          }
          if (act === 'other') object = workload({ meta: { generation: generation + 1 } })
          if (act === 'status') object = { ...object, metadata: { ...object.metadata, resourceVersion: '99' } }
        }
        expect(writes).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('how far it is', () => {
  test.each([
    ['all new and available', workload(), 'done'],
    ['the controller has not looked yet', workload({ status: { observedGeneration: 3 } }), 'going'],
    ['one is not new', workload({ status: { updatedReplicas: 2 } }), 'going'],
    ['one is not available', workload({ status: { availableReplicas: 2 } }), 'going'],
    ['old ones are left', workload({ status: { replicas: 4 } }), 'going'],
    [
      'Kubernetes gave it up',
      workload({
        status: { conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: 'timed out' }] },
      }),
      { code: 'RESTART_STUCK', facts: { message: 'timed out' } },
    ],
    [
      'a DaemonSet',
      workload({
        kind: 'DaemonSet',
        status: { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
      }),
      'done',
    ],
    [
      'a StatefulSet of a Kubernetes that counts no available pods',
      workload({ kind: 'StatefulSet', status: { availableReplicas: undefined, readyReplicas: 2 } as never }),
      'going',
    ],
  ])('%s', (_name, object, end) => {
    expect(healthOf(object).end).toEqual(end)
  })

  const running = written(record(), T0)
  const stamped = (change: Change = {}) => workload({ stamp: STAMP, ...change })
  test.each([
    ['healthy', stamped(), 0, { state: 'done', counts: { wanted: 3, updated: 3, available: 3 } }],
    ['on its way', stamped({ status: { updatedReplicas: 1 } }), 0, { state: 'running', counts: { updated: 1 } }],
    [
      'too slow',
      stamped({ status: { updatedReplicas: 1 } }),
      60_001,
      { state: 'failed', because: { code: 'RESTART_SLOW' } },
    ],
    ['changed by somebody else', workload({ stamp: 'other' }), 0, { because: { code: 'RESTART_OVERTAKEN' } }],
    ['gone', null, 0, { state: 'failed', because: { code: 'RESTART_GONE' } }],
  ])('after the write: %s', (_name, object, later, after) => {
    expect(afterWrite(running, object, 60_000, T0 + later)).toMatchObject({ ...after, revision: running.revision + 1 })
  })

  test('nothing new changes nothing', () => {
    const going = stamped({ status: { updatedReplicas: 1 } })
    const seen = afterWrite(running, going, 60_000, T0)
    expect(afterWrite(seen, going, 60_000, T0 + 1)).toBe(seen)
  })
})

describe('a picked time', () => {
  const hours = { window: { days: [1, 2, 3, 4, 5], from: 600, to: 1080 }, zone: 'Europe/Berlin', lastDay: '2026-12-04' }
  test.each([
    ['in working hours', '2026-12-02T09:30:00.000Z', undefined],
    ['past', '2026-12-01T08:00:00.000Z', 'RESTART_TIME_AWAY'],
    ['in two months', '2027-02-01T10:00:00.000Z', 'RESTART_TIME_AWAY'],
    ['before they begin in the team’s zone', '2026-12-02T08:30:00.000Z', 'RESTART_TIME_CLOSED'],
    ['on a Saturday', '2026-12-05T10:00:00.000Z', 'RESTART_TIME_CLOSED'],
    ['after the deadline', '2026-12-07T10:00:00.000Z', 'RESTART_TIME_LATE'],
  ])('%s', (_name, due, code) => {
    expect(mayPick(due, hours, T0)?.code).toBe(code)
  })

  test('the one that is offered may be picked', () => {
    const moments = fc.integer({ min: T0, max: T0 + 14 * 86_400_000 })
    fc.assert(
      fc.property(moments, (nowMs) => {
        const offered = new Date(offeredTime(hours, nowMs)).toISOString()
        expect(mayPick(offered, { ...hours, lastDay: undefined }, nowMs)).toBeNull()
      }),
      { numRuns: 50 },
    )
  })

  test('is due from its moment on, for an hour', () => {
    expect([-1, 0, 3_600_000, 3_600_001].map((later) => isDue(STAMP, T0 + later))).toEqual([
      'not yet',
      'now',
      'now',
      'missed',
    ])
  })

  const planned = record({ state: 'planned', due: STAMP })
  const around = { object: workload(), left: true, closed: null }
  test.each([
    ['not yet', around, -1, { state: 'planned' }],
    ['begun', around, 0, { state: 'asked', stamp: STAMP }],
    ['begun though nobody has counted just now', { ...around, left: null }, 0, { state: 'asked' }],
    ['moved by itself', { ...around, left: false }, -1, { state: 'dropped', because: { code: 'RESTART_NOT_NEEDED' } }],
    ['an alarm', { ...around, closed: { code: 'ALARM_OPEN', facts: {} } }, 0, { because: { code: 'ALARM_OPEN' } }],
    [
      'changed',
      { ...around, object: workload({ meta: { generation: 9 } }) },
      0,
      { because: { code: 'RESTART_CHANGED' } },
    ],
    ['gone', { ...around, object: null }, 0, { because: { code: 'RESTART_GONE' } }],
    ['missed', around, 3_600_001, { state: 'dropped', because: { code: 'RESTART_MISSED' } }],
  ])('%s', (_name, seen, later, after) => {
    expect(afterPlan(planned, seen, T0 + later)).toMatchObject(after)
  })
})
