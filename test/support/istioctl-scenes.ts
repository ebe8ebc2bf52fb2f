/** One thing that happens in a scene: a run of istioctl, or a change of the cluster between two runs. */
export type Step =
  | { readonly run: readonly string[]; readonly version: string; readonly input?: string }
  | { readonly connect: string; readonly proxies: readonly Proxy[] }
  | { readonly stop: string; readonly how: 'scaled to zero' | 'killed' }
  | { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }

/** A sidecar that holds on to the first istiod of the revision that `connect` names. */
type Proxy = { readonly name: string; readonly namespace: string; readonly version: string }

const NEW = '1-31-0'
const run = (line: string, version = '1.31.0', input?: string): Step => ({
  run: line.split(' '),
  version,
  ...(input === undefined ? {} : { input }),
})
const installed: readonly Step[] = [
  run('install --set profile=minimal -y', '1.30.0'),
  run(`install --set profile=minimal --revision ${NEW} -y`),
]

/** Operator files that scenes name, by file name. */
export const OPERATOR_FILES: Readonly<Record<string, string>> = {
  'unnamed.yaml': 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: { profile: minimal }\n',
  'named.yaml':
    'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: mesh }\nspec: { profile: minimal }\n',
  'revised.yaml':
    'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: { profile: minimal, revision: 1-31-0 }\n',
}

/**
 * What istioctl is asked in test/fixtures/recorded/istioctl: the real one when they are recorded, the sandbox's when it is
 * compared with them. Each scene begins in an empty cluster.
 */
export const SCENES: Readonly<Record<string, readonly Step[]>> = {
  'proxy-status': [
    run('proxy-status'),
    ...installed,
    run('proxy-status'),
    run('proxy-status', '1.30.0'),
    run(`ps --revision ${NEW}`),
    run(`uninstall --revision ${NEW} -y --dry-run`),
    {
      connect: 'default',
      proxies: [
        { name: 'checkout-7d9f8c6b5d-abcde', namespace: 'shop', version: '1.30.0' },
        { name: 'cart-0', namespace: 'shop', version: '1.30.0' },
        { name: 'api-5b7c9d6f4-x2x4z', namespace: 'pay', version: '1.29.2' },
      ],
    },
    { connect: NEW, proxies: [{ name: 'search-0', namespace: 'shop', version: '1.31.0' }] },
    run('proxy-status'),
    run('proxy-status', '1.30.0'),
    run(`ps --revision ${NEW}`),
    run('ps --revision default'),
    run('ps --namespace shop'),
    run('ps --revision nonesuch'),
    run(`tag set default --revision ${NEW} --overwrite -y`),
    run('ps'),
    run('uninstall --revision default', '1.31.0', 'n\n'),
    run('uninstall --revision default -y --dry-run'),
    { stop: 'default', how: 'scaled to zero' },
    run('ps --revision default'),
    run('ps'),
    run('uninstall --revision default -y --dry-run'),
    { stop: NEW, how: 'killed' },
    run('ps'),
  ],
  'tag-remove': [
    ...installed,
    { namespace: 'shop', labels: { 'istio.io/rev': 'prod-stable' } },
    run('tag remove'),
    run('tag remove nonesuch'),
    run('tag remove nonesuch -y'),
    run('tag set prod-stable --revision default'),
    run('tag list'),
    run('tag remove prod-stable'),
    run('tag remove prod-stable', '1.31.0', 'n\n'),
    run('tag remove prod-stable', '1.31.0', 'y\n'),
    run('tag set prod-stable --revision default'),
    run('tag remove prod-stable -y'),
    run('tag set prod-canary --revision default', '1.30.0'),
    run('tag remove prod-canary', '1.30.0'),
    run('tag remove default'),
    run('tag list'),
    run('tag remove default'),
    run(`tag set default --revision ${NEW}`),
    run('tag remove default'),
  ],
  'uninstall-by-file': [
    ...installed,
    run('uninstall'),
    run('uninstall --revision nonesuch -y'),
    run('uninstall -f missing.yaml -y'),
    run('uninstall -f named.yaml -y'),
    run('uninstall -f revised.yaml -y --dry-run'),
    run('uninstall -f unnamed.yaml -y --dry-run'),
    run(`uninstall -f unnamed.yaml --revision ${NEW} -y --dry-run`),
    run('uninstall -f unnamed.yaml'),
    run('uninstall -f unnamed.yaml -y'),
  ],
  'uninstall-purge': [
    run('uninstall --purge -y'),
    ...installed,
    run('uninstall --purge'),
    run('uninstall --purge', '1.31.0', 'n\n'),
    run(`uninstall --purge --revision ${NEW} -y --dry-run`, '1.30.0'),
    run('uninstall --purge', '1.31.0', 'y\n'),
    run('uninstall --purge -y'),
  ],
}

/** What came of one run. */
export type Said = {
  readonly line: string
  readonly code: number
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly gone: readonly string[]
  readonly made: readonly string[]
}

/** The kinds of which an istioctl writes objects, as the API calls them, with the kind of each. */
export const WRITTEN_KINDS: Readonly<Record<string, string>> = {
  deployments: 'Deployment',
  services: 'Service',
  configmaps: 'ConfigMap',
  serviceaccounts: 'ServiceAccount',
  roles: 'Role',
  rolebindings: 'RoleBinding',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  poddisruptionbudgets: 'PodDisruptionBudget',
  mutatingwebhookconfigurations: 'MutatingWebhookConfiguration',
  validatingwebhookconfigurations: 'ValidatingWebhookConfiguration',
  clusterroles: 'ClusterRole',
  clusterrolebindings: 'ClusterRoleBinding',
  customresourcedefinitions: 'CustomResourceDefinition',
}

type Listed = {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> | undefined }
  readonly webhooks?: unknown
}

/** A line per object that istioctl made: kind, name and, of webhooks, whom they call. */
export function inventoryOf(kind: string, objects: readonly Listed[]): readonly string[] {
  const ours = objects.filter(({ metadata: { name, labels = {} } }) => {
    return kind === 'CustomResourceDefinition' ? name.endsWith('.istio.io') : labels['istio.io/rev'] !== undefined
  })
  return ours.map(({ metadata, webhooks }) => `${kind}/${metadata.name}${calledBy(webhooks)}`)
}

function calledBy(webhooks: unknown): string {
  if (!Array.isArray(webhooks)) return ''
  const entries = webhooks as readonly { readonly clientConfig: { readonly service?: { readonly name: string } } }[]
  const services = new Set(entries.map(({ clientConfig }) => clientConfig.service?.name ?? ''))
  const live = JSON.stringify(webhooks).includes('never-match') ? ', never matching' : ''
  return ` calls ${[...services].join(' and ')}${live}`
}

/** What two inventories differ by. */
export function changes(before: readonly string[], after: readonly string[]): Pick<Said, 'gone' | 'made'> {
  return {
    gone: before.filter((one) => !after.includes(one)),
    made: after.filter((one) => !before.includes(one)),
  }
}

/** Lines without what differs from run to run: suffixes of pods, and the width of columns that comes of them. */
export function plainText(text: string): readonly string[] {
  return text
    .replaceAll(/\b(istiod(?:-1-31-0)?)-[0-9a-z]{6,10}-[0-9a-z]{5}\b/g, '$1-POD')
    .replaceAll(/\b10\.\d+\.\d+\.\d+\b/g, '10.0.0.0')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, '  ').trimEnd())
}
