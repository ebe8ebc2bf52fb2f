import { describe, expect, test } from '@jest/globals'
import type { Namespace } from '../istio/objects.ts'
import type { WorkloadFacts } from './about-workload.ts'
import { count, type Seen } from './count.ts'
import { ownersFrom } from './owners.ts'
import { type PodEntry, podEntryOf } from './pod-entry.ts'

const MIGRATION = { from: ['default'], to: '1-31-0' }
const OLD = 'default'
const NEW = '1-31-0'

function pod(name: string, revision: string | null, change: Partial<PodEntry> = {}): PodEntry {
  return {
    namespace: 'shop',
    name,
    revision,
    owner: { kind: 'ReplicaSet', name: 'web-5d', uid: 'rs-web' },
    pinnedImage: null,
    asksFor: null,
    asksInjection: null,
    team: null,
    createdAt: '2026-11-20T10:00:00Z',
    ...change,
  }
}

const OWNERS = ownersFrom([
  { name: 'web-5d', uid: 'rs-web', ownerReferences: [owner('Deployment', 'web')] },
  { name: 'web-6f', uid: 'rs-web-2', ownerReferences: [owner('Deployment', 'web')] },
  { name: 'cart-1', uid: 'rs-cart', ownerReferences: [owner('Rollout', 'cart')] },
  { name: 'bare-rs', uid: 'rs-bare' },
  { name: 'night-1', uid: 'job-night', ownerReferences: [owner('CronJob', 'night')] },
  { name: 'once', uid: 'job-once' },
])

function owner(kind: string, name: string) {
  const apiVersion = { Deployment: 'apps/v1', CronJob: 'batch/v1' }[kind] ?? 'argoproj.io/v1alpha1'
  return { apiVersion, kind, name, uid: `${kind}-${name}`, controller: true }
}

function seen(pods: readonly PodEntry[], change: Partial<Seen> = {}): Seen {
  const namespaces: Namespace[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
  ]
  return {
    pods,
    owners: OWNERS,
    workloads: new Map(),
    namespaces,
    redeploys: () => ({ kind: 'new' }),
    teamLabel: 'team',
    ...change,
  }
}

function facts(change: Partial<WorkloadFacts> = {}, meta = {}): Seen['workloads'] {
  const one = { template: { metadata: meta, spec: { containers: [] } }, team: null, ...change }
  return new Map([['shop/Deployment/web', one]])
}

describe('a count', () => {
  test('names who keeps a workload that is left, where its own marks say it', () => {
    const keeper = { tool: 'Argo CD', app: 'store' } as const
    const pods = [pod('web-1', OLD), pod('alone', OLD, { owner: null })]
    const counted = count(seen(pods, { workloads: facts({ keeper } as object) }), MIGRATION)
    expect(counted.stragglers.map(({ name, keeper: by }) => [name, by])).toEqual([
      ['web', keeper],
      ['alone', undefined],
    ])
  })

  test('has each pod once, by the workload that people redeploy', () => {
    const pods = [
      pod('web-1', OLD),
      pod('web-2', NEW, { owner: { kind: 'ReplicaSet', name: 'web-6f', uid: 'rs-web-2' } }),
      pod('cart-1', OLD, { owner: { kind: 'ReplicaSet', name: 'cart-1', uid: 'rs-cart' } }),
      pod('db-0', OLD, { owner: { kind: 'StatefulSet', name: 'db', uid: 'x' } }),
      pod('night-x', OLD, { owner: { kind: 'Job', name: 'night-1', uid: 'job-night' } }),
      pod('once-x', OLD, { owner: { kind: 'Job', name: 'once', uid: 'job-once' } }),
      pod('alone', OLD, { owner: null }),
      pod('new-rs', OLD, { owner: { kind: 'ReplicaSet', name: 'young-77', uid: 'not-known-yet' } }),
      pod('odd', null),
      pod('third', '1-29-0'),
    ]
    const counted = count(seen(pods), MIGRATION)
    expect(counted.pods).toEqual({ old: 7, new: 1, other: 2 })
    expect(counted.stragglers.map(({ kind, name, old, pods: all }) => `${kind}/${name} ${old}/${all}`)).toEqual([
      'CronJob/night 1/1',
      'Deployment/web 1/4',
      'Job/once 1/1',
      'Pod/alone 1/1',
      'ReplicaSet/young-77 1/1',
      'Rollout/cart 1/1',
      'StatefulSet/db 1/1',
    ])
  })

  test('gives a workload to the team of its label, its pods, or its namespace, else to nobody; nobody is last', () => {
    const paid = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pay', annotations: { team: 'payments' } } }
    const pods = [
      pod('web-1', OLD),
      ...[1, 2, 3].map((n) => pod(`x-${n}`, OLD, { namespace: 'pay', owner: null })),
      pod('t-1', OLD, { namespace: 'misc', owner: null, team: 'tools' }),
      ...[1, 2, 3, 4].map((n) => pod(`u-${n}`, OLD, { namespace: 'misc', owner: null })),
    ]
    const counted = count(seen(pods, { namespaces: [paid], workloads: facts({ team: 'shop' } as object) }), MIGRATION)
    expect(counted.teams.map(({ team, old, workloads }) => [team, old, workloads])).toEqual([
      ['payments', 3, 3],
      ['shop', 1, 1],
      ['tools', 1, 1],
      [null, 4, 4],
    ])
  })

  test('an empty label names no team: the namespace does, or nobody', () => {
    const named = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pay', labels: { team: 'payments' } } }
    const empty = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'misc', labels: { team: '' } } }
    const [paid, stray] = ['pay', 'misc'].map((namespace) =>
      podEntryOf(
        {
          name: 'p',
          namespace,
          labels: { team: '' },
          annotations: { 'sidecar.istio.io/status': '{"revision":"default"}' },
        },
        'team',
      ),
    )
    const pods = [paid, stray].flatMap((one) => one ?? [])
    expect(count(seen(pods, { namespaces: [named, empty] }), MIGRATION).teams.map(({ team }) => team)).toEqual([
      'payments',
      null,
    ])
  })

  test('names what the new one injected with a pinned image: it has moved, and still has an old proxy', () => {
    const pods = [
      pod('web-1', NEW, { pinnedImage: 'x:1' }),
      pod('web-2', NEW),
      pod('web-3', OLD, { pinnedImage: 'x:1' }),
    ]
    const counted = count(seen(pods), MIGRATION)
    expect(counted.pods).toEqual({ old: 1, new: 2, other: 0 })
    expect(counted.pinned).toEqual({ pods: 1, workloads: ['shop/Deployment/web'], more: 0 })
  })

  test('names no team whose pods have all moved', () => {
    expect(count(seen([pod('web-1', NEW)]), MIGRATION)).toEqual({
      pods: { old: 0, new: 1, other: 0 },
      unknown: 0,
      pinned: null,
      teams: [],
      everyTeam: [{ team: null, fresh: 1, unknown: 0 }],
      stragglers: [],
      workloads: [
        { team: null, namespace: 'shop', kind: 'Deployment', name: 'web', changedAt: '2026-11-20T10:00:00Z' },
      ],
    })
  })

  test('has every workload for its team, the last redeployed first, but none whose ReplicaSet is not known yet', () => {
    const pods = [
      pod('web-1', NEW),
      pod('db-0', OLD, { owner: { kind: 'StatefulSet', name: 'db', uid: 'x' }, createdAt: '2026-11-22T10:00:00Z' }),
      pod('alone', null, { owner: null, createdAt: '2026-11-21T10:00:00Z' }),
      pod('young', NEW, { owner: { kind: 'ReplicaSet', name: 'young-77', uid: 'not-known-yet' } }),
    ]
    const { workloads } = count(seen(pods), MIGRATION)
    expect(workloads.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'StatefulSet/db',
      'Pod/alone',
      'Deployment/web',
    ])
  })
})

describe('when it was redeployed last', () => {
  const made = (at: string) => ({ creationTimestamp: at, ownerReferences: [owner('Deployment', 'web')] })
  const owners = ownersFrom([
    { name: 'web-5d', uid: 'rs-web', ...made('2026-10-01T00:00:00Z') },
    { name: 'web-6f', uid: 'rs-web-2', ...made('2026-11-19T00:00:00Z') },
    {
      name: 'night-1',
      uid: 'job-night',
      creationTimestamp: '2026-11-20T00:00:00Z',
      ownerReferences: [owner('CronJob', 'night')],
    },
  ])
  const of = (uid: string) => ({ owner: { kind: 'ReplicaSet', name: uid, uid } })

  test('is when its newest ReplicaSet was made, whatever scaling and drains do', () => {
    const [straggler] = count(seen([pod('web-1', OLD, of('rs-web'))], { owners }), MIGRATION).stragglers
    expect(straggler).toMatchObject({ redeployedAt: '2026-11-19T00:00:00Z', newestPodAt: '2026-11-20T10:00:00Z' })
  })

  test('is not known of kinds without one', () => {
    const pods = [pod('n', OLD, { owner: { kind: 'Job', name: 'night-1', uid: 'job-night' } })]
    expect(count(seen(pods, { owners }), MIGRATION).stragglers[0]).not.toHaveProperty('redeployedAt')
  })

  test.each([
    ['the newest has the new sidecar, and the one before is left', [OLD, NEW], 'ROLLOUT_UNFINISHED'],
    ['pods of the newest have an old one too', [NEW, OLD], 'NOT_REDEPLOYED'],
  ] as const)('%s', (_, [before, newest], code) => {
    const pods = [pod('a', before, of('rs-web')), pod('b', newest, of('rs-web-2'))]
    expect(count(seen(pods, { owners }), MIGRATION).stragglers[0]?.cause.code).toBe(code)
  })
})
