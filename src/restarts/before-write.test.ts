import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shownOf } from './facts-of-workload.ts'
import { keeperOf, rolloutKeeper } from './keeper.ts'
import { API, AT, record, STAMP, workload } from './parts-for-tests.ts'
import { inVain } from './rollout.ts'
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
