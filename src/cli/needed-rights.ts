import type { AccessRight } from '../ports/cluster.ts'

/** One rule of RBAC that the worker needs, and why. */
export type Right = AccessRight & { readonly why: string }

type Places = { readonly namespace: string; readonly istioNamespace: string }

const READ = ['get', 'list', 'watch']

/**
 * Every right that preflight, the switch, its proofs, its undo and the weeks of migration need; worker-rights.yaml grants the
 * same. What an install or a removal needs besides is everything (`EVERYTHING`), and is not there all the time.
 */
export function neededRights({ namespace, istioNamespace }: Places): readonly Right[] {
  const istio = { namespace: istioNamespace }
  const ours = { namespace }
  return [
    ...rights(READ, '', ['namespaces'], 'which namespaces ask for which injector'),
    ...rights(['get', 'list'], '', ['pods', 'nodes'], 'what runs, with which sidecar'),
    ...rights(['watch'], '', ['pods'], 'how pods move to the new sidecar'),
    ...rights(
      ['list'],
      '',
      ['events'],
      'what is said of new pods and old ones, where a team asks whether it is the sidecar',
    ),
    ...rights(['create'], '', ['pods'], 'proofs: dry-run pods, which are never stored'),
    ...rights(READ, 'admissionregistration.k8s.io', WEBHOOKS, 'who injects and validates'),
    ...rights(WRITE, 'admissionregistration.k8s.io', WEBHOOKS, 'the switch and its undo'),
    ...rights(
      ['list'],
      'apps',
      ['deployments', 'statefulsets', 'daemonsets'],
      'injected workloads and their templates',
    ),
    ...rights(['list'], 'batch', ['cronjobs'], 'injected workloads and their templates'),
    ...rights(['list'], 'apps', ['replicasets'], 'which workload a pod belongs to'),
    ...rights(['list'], 'batch', ['jobs'], 'which workload a pod belongs to'),
    ...rights(['list'], '', ['replicationcontrollers'], 'what else would make a pod for the old control plane'),
    ...rights(['list'], 'argoproj.io', ['rollouts'], 'what else would make a pod for the old control plane'),
    ...rights(['get', 'list'], 'apiextensions.k8s.io', ['customresourcedefinitions'], 'what the mesh is made of'),
    ...rights(['list'], 'gateway.networking.k8s.io', ['gateways'], 'gateways that both control planes would claim'),
    ...rights(READ, 'discovery.k8s.io', ['endpointslices'], 'ready istiods, and all API servers'),
    ...rights(READ, '', ['services'], 'Services that a webhook names; istioctl tag generate watches all of them'),
    ...rights(READ, '', ['services', 'configmaps'], 'tags, revisions and their mesh config', istio),
    ...rights(WRITE, '', ['services'], "a tag's Service, in the switch and its undo", istio),
    ...rights(READ, 'apps', ['deployments'], 'control planes and their versions', istio),
    ...rights(['get'], '', ['pods/proxy'], 'how many proxies each istiod has connected', istio),
    ...rights(['list'], '', ['secrets'], "Helm's releases and remote clusters, by name and label only", istio),
    ...rights(['list'], 'policy', ['poddisruptionbudgets'], 'whether an istiod may be drained', istio),
    ...rights(['get', 'list', 'create', 'update', 'delete'], '', ['configmaps'], 'runs, backups and audit', ours),
    ...rights(['get', 'create', 'update'], 'coordination.k8s.io', ['leases'], 'who of the workers acts', ours),
  ]
}

/** What restarts by owners need besides; restart-rights.yaml grants the same. */
export function restartRights(): readonly Right[] {
  const workloads = ['deployments', 'statefulsets', 'daemonsets']
  return [
    ...rights(['get', 'patch'], 'apps', workloads, 'restarts: owners (restart-rights.yaml)'),
    ...rights(['list'], 'policy', ['poddisruptionbudgets'], 'restarts: owners (restart-rights.yaml)'),
  ]
}

const WEBHOOKS = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']
const WRITE = ['create', 'patch', 'delete']

function rights(
  verbs: readonly string[],
  group: string,
  resources: readonly string[],
  why: string,
  place: { readonly namespace?: string } = {},
): readonly Right[] {
  return resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource, why, ...place })))
}
