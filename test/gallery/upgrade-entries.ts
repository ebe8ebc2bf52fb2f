import type { ModalView } from '@slack/types'
import type { Look } from '../../src/chat/views/look.ts'
import { upgradeModal, type UpgradeForm } from '../../src/chat/views/upgrade-modal.ts'
import type { Coded } from '../../src/wire/facts.ts'
import type { Preview } from '../../src/wire/preview.ts'
import type { Size } from '../support/sample-size.ts'
import { AT } from './read-model-samples.ts'

type Draw = (size: Size, look: Look) => ModalView

const DRAFT = {
  id: 'rq-01jd9q4t7h0123456789abcdef',
  channel: 'C0PLATFORM',
  cluster: 'prod-a',
  to: '1.31.0',
  by: null,
  acknowledge: [],
}
const CLUSTERS = ['prod-a', 'prod-b', 'stage']

/** The dialog of an upgrade in each of its states. */
export const UPGRADES: Readonly<Record<string, Draw>> = {
  'upgrade, which cluster': drawn({ draft: { ...DRAFT, cluster: null, to: null }, now: 'asking' }),
  'upgrade, versions are read': drawn({ draft: { ...DRAFT, to: null }, now: 'asking' }),
  'upgrade, being checked': drawn({ now: 'asking' }, previewOf),
  'upgrade, nothing against it': drawn({ now: 'told' }, (size) => ({ ...previewOf(size), checks: well(size) })),
  'upgrade, known beforehand': drawn(
    { draft: { ...DRAFT, acknowledge: ['hub', 'outboundTrafficPolicy'] } },
    (size) => ({
      ...previewOf(size),
      checks: { ...well(size), warnings: many(size, WARNINGS) },
    }),
  ),
  'upgrade, with a day': drawn({ draft: { ...DRAFT, by: '2026-12-04' }, now: 'told' }, (size) => ({
    ...previewOf(size),
    checks: well(size),
  })),
  'upgrade, things against it': drawn({}, (size) => ({
    ...previewOf(size),
    checks: { version: '1.31.0', refusals: many(size, REFUSALS), warnings: [], classes: 0 },
  })),
  'upgrade, no version': drawn({ draft: { ...DRAFT, to: null } }, (size) => ({
    ...previewOf(size),
    versions: previewOf(size).versions.filter(({ why }) => why.length > 0),
  })),
  'upgrade, no istioctl': drawn({ draft: { ...DRAFT, to: null } }, () => ({ from: '1.30.0', versions: [] })),
  'upgrade, one runs already': drawn({ now: refused('RUN_ACTIVE', { to: '1.31.0', state: 'waiting' }) }),
  'upgrade, may not ask': drawn({ now: refused('MAY_NOT_ASK', { listed: ['S0MESH'] }) }),
  'upgrade, worker silent': drawn({ now: refused('PREVIEW_SILENT', { at: AT }) }),
  'upgrade, worker never seen': drawn({ now: refused('PREVIEW_SILENT') }),
  'upgrade, worker away': drawn({ now: refused('PREVIEW_LAPSED') }, previewOf),
  'upgrade, Redis away': drawn({ now: refused('PREVIEW_UNASKED') }),
}

function drawn(form: Partial<UpgradeForm>, preview: (size: Size) => Preview | null = () => null): Draw {
  return (size, view) => {
    const clusters = size === 'worst' ? Array.from({ length: 300 }, (_, n) => `cluster-${n}`) : CLUSTERS
    return upgradeModal({ draft: DRAFT, clusters: clusters, now: 'told', preview: preview(size), ...form }, view)
  }
}

function previewOf(size: Size): Preview {
  const open = size === 'worst' ? Array.from({ length: 130 }, (_, n) => `1.31.${n}`) : ['1.31.0', '1.30.4']
  return {
    from: '1.30.0',
    versions: [
      { version: '1.33.0', why: [HOP, coded('ISTIOCTL_UNPINNED', { version: '1.33.0' })] },
      {
        version: '1.32.0',
        why: [coded('ISTIOCTL_MISSING', { version: '1.32.0', path: '/opt/istioctl/istioctl-1.32.0' })],
      },
      ...open.map((version) => ({ version, why: [] })),
      { version: '1.30.0', why: [coded('VERSION_NOT_NEWER', { from: '1.30.0', to: '1.30.0' })] },
      { version: '1.9.9', why: [OLD, coded('VERSION_NOT_NEWER', { from: '1.30.0', to: '1.9.9' })] },
      ...(size === 'worst' ? Array.from({ length: 60 }, (_, n) => ({ version: `1.4${n}.0`, why: [HOP, OLD] })) : []),
    ],
  }
}

const HOP = coded('HOP_TOO_LONG', { from: '1.30.0', to: '1.33.0', minors: 3, longest: 2, chain: ['1.32', '1.33.0'] })
const OLD = coded('KUBERNETES_NOT_SUPPORTED', { istio: '1.9.9', kubernetes: 'v1.34.1', oldest: '1.17', newest: '1.20' })
const WARNINGS = [
  coded('KUBERNETES_UNTESTED', { istio: '1.31.0', kubernetes: 'v1.37.0' }),
  coded('CNI_STAYS', { objects: ['DaemonSet kube-system/istio-cni-node'] }),
]
const REFUSALS = [
  coded('INSTALL_RIGHTS_MISSING'),
  coded('CONTROL_PLANE_NOT_READY', { revision: 'default', ready: 1, wanted: 2 }),
  coded('RENDERED_ONE_REPLICA', { replicas: 1 }),
]

function well(size: Size): NonNullable<Preview['checks']> {
  return { version: '1.31.0', refusals: [], warnings: [], classes: size === 'worst' ? 400 : 12 }
}

function many(size: Size, some: readonly Coded[]): Coded[] {
  return size === 'worst' ? Array.from({ length: 40 }, () => some).flat() : [...some]
}

function refused(code: string, facts: Coded['facts'] = {}): UpgradeForm['now'] {
  return { said: { code, facts: { cluster: 'prod-a', ...facts } }, more: [] }
}

function coded(code: string, facts: Coded['facts'] = {}): Coded {
  return { code, facts }
}
