import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { textAt } from '../kube-server/kube-object.ts'
import { step } from './behaviour.ts'
import { connectedProxies } from './connected-proxies.ts'
import type { Session } from './session.ts'
import { Cancelled, coloured, confirmed } from './session.ts'

/** In the order in which the real one deletes (operator/pkg/uninstall). */
const KINDS = (
  'Deployment DaemonSet Service ConfigMap Pod Secret ServiceAccount RoleBinding Role PodDisruptionBudget ' +
  'HorizontalPodAutoscaler MutatingWebhookConfiguration ValidatingWebhookConfiguration ClusterRole ClusterRoleBinding'
).split(' ')
const COMPONENT = 'operator.istio.io/component'
const COMPONENTS = `${COMPONENT} in (Cni,EgressGateways,IngressGateways,Pilot,Ztunnel)`

const OWNER = 'install.operator.istio.io/owning-resource'

/** More proxies than this are counted and not named. */
const NAMED_PROXIES = 30

/**
 * `istioctl uninstall`, as the recordings have it (test/fixtures/recorded/istioctl). With `--revision R`: everything that
 * istioctl made for R, a default tag that points at R too. With a file alone (≥ 1.24): what the file's metadata.name owns;
 * without that name, every revision, since the file's revision is not asked, and without a question. Helm's objects lack
 * the owner label and stay. `--purge` asks for nothing but the component label, which Istio's charts give: what Helm made
 * goes too, and CRDs, and with them everybody's configuration.
 */
export async function uninstall(session: Session): Promise<void> {
  await checkAsked(session)
  const [file] = session.line.files
  const objects = await owned(session, file === undefined ? '' : ownerIn(file))
  await warn(session, objects)
  for (const object of objects) await removeOne(session, object)
  session.progress(`\n${coloured(session.behaviour, 'green', '✔')} Uninstall complete`)
}

/** Throws for a command line that names nothing, or a revision that isn't there. */
async function checkAsked(session: Session): Promise<void> {
  const { revision, purge, files } = session.line
  const [file] = files
  if (revision === '' && file === undefined && !purge) {
    throw new Error(
      'at least one of the --revision (or --set revision=<revision>), --filename or --purge flags must be set',
    )
  }
  if (revision !== '' && !(await exists(session, revision))) throw new Error('could not find target revision')
  if (purge && (revision !== '' || file !== undefined)) {
    session.out('Purge uninstall will remove all Istio resources, ignoring the specified revision or operator file')
  }
}

/** The metadata.name of an operator file. */
function ownerIn(file: string): string {
  return textAt(parse(contentOf(file)), 'metadata', 'name') ?? ''
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Error(`open ${file}: no such file or directory`)
  }
}

/** Says what will go, and asks where there is something to say; nobody who answers is a no. */
async function warn(session: Session, objects: readonly KubeObject[]): Promise<void> {
  const { line, out } = session
  if (!line.purge && objects.length === 0) {
    return out('No resources will be pruned from the cluster. Please double check the input configs\n')
  }
  const warning = line.purge
    ? 'All Istio resources will be pruned from the cluster\n'
    : `${await proxyWarning(session)}${gatewayWarning(objects)}`
  if (line.dryRun || line.yes) return out(warning)
  if (warning !== '' && !(await confirmed(session, `${warning}Proceed? (y/N) `))) throw new Cancelled()
}

/** Whose proxies are counted is the trap: of `--revision default` those of every istiod, the new one's too. */
async function proxyWarning(session: Session): Promise<string> {
  const { revision } = session.line
  if (revision === '') return ''
  const found = await connectedProxies(session, revision === 'default' ? '' : revision).catch(() => null)
  if (found === null) {
    return (
      `Unable to find any proxies pointing to the ${revision} control plane. This may be because the control plane ` +
      `cannot be connected or there is no ${revision} control plane.\n`
    )
  }
  if (found.length === 0) return ''
  const names = found.length > NAMED_PROXIES ? '' : `${found.map(({ name }) => name).join('\n')}\n`
  return (
    `There are still ${found.length} proxies pointing to the control plane revision ${revision}\n${names}` +
    'If you proceed with the uninstall, these proxies will become detached from any control plane and will not ' +
    'function correctly.\n'
  )
}

function gatewayWarning(objects: readonly KubeObject[]): string {
  const names = objects.flatMap(({ kind, metadata: { name } }) =>
    kind === 'Deployment' && name.includes('gateway') ? name : [],
  )
  if (names.length === 0) return ''
  return (
    `You are about to remove the following gateways: ${names.join(', ')}. To avoid downtime, please quiesce traffic ` +
    'before proceeding.\n'
  )
}

async function removeOne(session: Session, object: KubeObject): Promise<void> {
  await step(session.behaviour, `delete:${object.kind}/${object.metadata.name}`)
  const api = object.apiVersion.includes('/') ? object.apiVersion : `/${object.apiVersion}`
  const name = `${api}, Kind=${object.kind}/${object.metadata.name}.${object.metadata.namespace ?? ''}`
  if (session.line.dryRun) return session.out(`Not pruning object ${name} because of dry run.`)
  const removed = await session.kube().remove(object)
  session.out(removed ? `  Removed ${name}.` : `object: ${name} is not being deleted because it no longer exists`)
}

async function exists(session: Session, revision: string): Promise<boolean> {
  const selector = `istio.io/rev=${revision}`
  const kube = session.kube()
  if ((await kube.list('MutatingWebhookConfiguration', selector)).length > 0) return true
  return (await kube.list('Pod', `app=istiod,${selector}`, session.line.istioNamespace)).length > 0
}

async function owned(session: Session, owner: string): Promise<KubeObject[]> {
  const { purge, revision, istioNamespace } = session.line
  const byOwner = [
    ...(revision === '' ? [] : [`istio.io/rev=${revision}`]),
    ...(owner === '' ? [] : [`${OWNER}=${owner}`]),
    `${OWNER}-namespace=${istioNamespace}`,
    COMPONENTS,
  ].join(',')
  const lists: KubeObject[] = []
  for (const kind of purge ? [...KINDS, 'CustomResourceDefinition'] : KINDS)
    lists.push(...(await session.kube().list(kind, purge ? COMPONENT : byOwner)))
  return lists
}
