import { describe, expect, test } from '@jest/globals'
import { meshOf, namespace, revisionInjector, tagInjector } from '../../test/support/istio-builders.ts'
import type { Labels } from '../istio/selectors.ts'
import type { About, WorkloadFacts } from './about-workload.ts'
import { causeOf } from './causes.ts'
import type { PodEntry } from './pod-entry.ts'
import { redeploysBy } from './redeploy.ts'

const PLANES = [
  { revision: 'default', version: '1.30.0' },
  { revision: '1-30-0', version: '1.30.0' },
  { revision: '1-29-0', version: '1.29.0' },
  { revision: '1-31-0', version: '1.31.0' },
]

/** After the switch from an unrevisioned OLD: the default tag leads to NEW, `kept` still to OLD, and OLD's own object sleeps. */
const SWITCHED = meshOf(PLANES, {
  mutatingWebhooks: [
    tagInjector('default', '1-31-0'),
    tagInjector('kept', 'default'),
    revisionInjector('1-29-0'),
    revisionInjector('1-31-0'),
    revisionInjector('1-30-0'),
  ],
  namespaces: [namespace('shop')],
})
const UNREVISIONED = { from: ['default'], to: '1-31-0' }
const REVISIONED = { from: ['1-30-0'], to: '1-31-0' }

function pod(change: Partial<PodEntry> = {}): PodEntry {
  return {
    namespace: 'shop',
    name: 'web-1',
    revision: 'default',
    owner: null,
    pinnedImage: null,
    asksFor: null,
    asksInjection: null,
    team: null,
    createdAt: '2026-11-20T10:00:00Z',
    ...change,
  }
}

type Meta = { readonly labels?: Labels; readonly annotations?: Labels }

function facts(meta: Meta = {}, change: Partial<WorkloadFacts> = {}): WorkloadFacts {
  return { template: { metadata: meta, spec: { containers: [] } }, replicas: 2, ...change }
}

function codeOf(change: Partial<About>, migration = UNREVISIONED): string {
  return causeOf({
    workload: { namespace: 'shop', kind: 'Deployment', name: 'web' },
    facts: facts(),
    old: [pod()],
    namespaceLabels: { 'istio-injection': 'enabled' },
    redeploys: redeploysBy(SWITCHED, migration),
    underWay: false,
    stranger: false,
    ...change,
  }).code
}

const ENABLED = { 'istio-injection': 'enabled' }
const rev = (value: string): Labels => ({ 'istio.io/rev': value })

describe('what a redeploy would get', () => {
  test.each<readonly [string, Labels, Labels, string]>([
    ['enabled', ENABLED, {}, 'NOT_REDEPLOYED'],
    ['the namespace says default, whose tag has moved', rev('default'), {}, 'NOT_REDEPLOYED'],
    ['the template says default, whose tag has moved', {}, rev('default'), 'NOT_REDEPLOYED'],
    ['enabled beats the template', ENABLED, rev('default'), 'NOT_REDEPLOYED'],
    ['enabled beats OLD by name', ENABLED, rev('1-29-0'), 'NOT_REDEPLOYED'],
    ['a tag that was kept leads to OLD', rev('kept'), {}, 'ASKS_FOR_OLD'],
    ['the template by a kept tag', {}, rev('kept'), 'ASKS_FOR_OLD'],
    ['the namespace beats the template', rev('1-31-0'), rev('kept'), 'NOT_REDEPLOYED'],
    ['a third revision', rev('1-29-0'), {}, 'ASKS_FOR_OTHER'],
    ['the namespace has no label any more', {}, {}, 'INJECTION_OFF'],
    ['the namespace is disabled by now', { 'istio-injection': 'disabled' }, {}, 'INJECTION_OFF'],
    ['the template opts out', ENABLED, { 'sidecar.istio.io/inject': 'false' }, 'INJECTION_OFF'],
    ['a tag that nobody has', rev('nobody'), {}, 'INJECTION_OFF'],
  ])('%s', (_, namespaceLabels, labels, code) => {
    expect(codeOf({ namespaceLabels, facts: facts({ labels }) })).toBe(code)
    const asks = { asksFor: labels['istio.io/rev'] ?? null, asksInjection: labels['sidecar.istio.io/inject'] ?? null }
    const rollout = { namespace: 'shop', kind: 'Rollout', name: 'web' }
    expect(codeOf({ namespaceLabels, facts: undefined, workload: rollout, old: [pod(asks)] })).toBe(code)
  })

  test('OLD with a name: by its name alone, and not where the namespace is enabled', () => {
    expect(codeOf({ namespaceLabels: rev('1-30-0') }, REVISIONED)).toBe('ASKS_FOR_OLD')
    expect(codeOf({ namespaceLabels: {}, facts: facts({ labels: rev('1-30-0') }) }, REVISIONED)).toBe('ASKS_FOR_OLD')
    expect(codeOf({ facts: facts({ labels: rev('1-30-0') }) }, REVISIONED)).toBe('NOT_REDEPLOYED')
  })

  test('a label that the template has no more is not asked for', () => {
    expect(codeOf({ namespaceLabels: rev('1-31-0'), old: [pod({ asksFor: 'kept' })] })).toBe('NOT_REDEPLOYED')
  })

  test('where nobody can tell, no redeploy is promised', () => {
    const unreadable = [{ part: 'mutatingWebhooks', reason: 'FORBIDDEN' }]
    const redeploys = redeploysBy({ ...SWITCHED, unreadable }, UNREVISIONED)
    expect(codeOf({ redeploys: () => ({ kind: 'unknown' }) })).toBe('REDEPLOY_UNKNOWN')
    expect(codeOf({ redeploys })).toBe('REDEPLOY_UNKNOWN')
    const cron = { namespace: 'shop', kind: 'CronJob', name: 'web' }
    expect(codeOf({ workload: cron, redeploys: () => ({ kind: 'unknown' }) })).toBe('REDEPLOY_UNKNOWN')
    expect(codeOf({ workload: { ...cron, kind: 'ReplicaSet' }, facts: undefined, stranger: true })).toBe(
      'REDEPLOY_UNKNOWN',
    )
  })

  test('the label that decides is named', () => {
    const about = { facts: facts({ labels: rev('kept') }), namespaceLabels: {} }
    const redeploys = redeploysBy(SWITCHED, UNREVISIONED)
    const workload = { namespace: 'shop', kind: 'Deployment', name: 'web' }
    expect(causeOf({ workload, old: [pod()], redeploys, underWay: false, stranger: false, ...about }).facts).toEqual({
      revision: 'default',
      label: 'istio.io/rev=kept',
      where: 'template',
    })
  })
})

const PIN = { 'sidecar.istio.io/proxyImage': 'x:1' }

describe('the first cause', () => {
  const container = (image?: string) => ({ name: 'istio-proxy', ...(image ? { image } : {}) })
  const carrying = (image?: string): WorkloadFacts => ({
    ...facts(),
    template: { spec: { containers: [container(image)] } },
  })

  test.each<readonly [string, Partial<About>, string]>([
    ['nothing special', {}, 'NOT_REDEPLOYED'],
    ['a pin, also in a paused rollout', { facts: facts({ annotations: PIN }, { paused: true }) }, 'IMAGE_PINNED'],
    ['a pin that the template has no more', { old: [pod({ pinnedImage: 'x:1' })] }, 'NOT_REDEPLOYED'],
    [
      'a pin of any old pod, where the template is not read',
      {
        facts: undefined,
        workload: { namespace: 'shop', kind: 'Rollout', name: 'w' },
        old: [pod(), pod({ pinnedImage: 'x' })],
      },
      'IMAGE_PINNED',
    ],
    ['injected by hand', { facts: facts({ annotations: { 'sidecar.istio.io/status': '{}' } }) }, 'INJECTED_BY_HAND'],
    ['a sidecar in the template', { facts: carrying('docker.io/istio/proxyv2:1.30.0') }, 'INJECTED_BY_HAND'],
    ['a sidecar that the injector fills in', { facts: carrying('auto') }, 'NOT_REDEPLOYED'],
    ['settings of the sidecar in the template', { facts: carrying() }, 'NOT_REDEPLOYED'],
    [
      'a gateway of a Gateway object',
      { facts: facts({ labels: { 'gateway.istio.io/managed': 'x', 'sidecar.istio.io/inject': 'false' } }) },
      'MADE_BY_ISTIOD',
    ],
    ['paused', { facts: facts({}, { paused: true }) }, 'ROLLOUT_PAUSED'],
    ['OnDelete', { facts: facts({}, { onDelete: true }) }, 'ON_DELETE'],
    ['a partition', { facts: facts({}, { partition: 2 }) }, 'ROLLOUT_PARTITION'],
    ['at zero', { facts: facts({}, { replicas: 0 }) }, 'SCALED_TO_ZERO'],
    ['in the middle of its rollout', { underWay: true }, 'ROLLOUT_UNFINISHED'],
  ])('%s: %s', (_, change, code) => {
    expect(codeOf(change)).toBe(code)
  })

  test.each([
    ['Pod', 'BARE_POD'],
    ['Node', 'STATIC_POD'],
    ['CronJob', 'NEXT_RUN'],
    ['Job', 'ENDS_WITH_JOB'],
    ['ReplicaSet', 'NO_ROLLOUT'],
    ['ReplicationController', 'NO_ROLLOUT'],
    ['Job.batch.volcano.sh', 'KIND_UNKNOWN'],
    ['StatefulSet.apps.kruise.io', 'KIND_UNKNOWN'],
    ['Rollout', 'NOT_REDEPLOYED'],
    ['DaemonSet', 'NOT_REDEPLOYED'],
  ])('of a %s: %s', (kind, code) => {
    const workload = { namespace: 'shop', kind, name: 'x' }
    expect(codeOf({ workload, facts: kind === 'DaemonSet' ? facts({}, { replicas: 0 }) : undefined })).toBe(code)
  })
})
