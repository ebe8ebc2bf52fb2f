import type { KubeObject } from '../kube-server/kube-object.ts'
import { step } from './behaviour.ts'
import type { Session } from './session.ts'
import { coloured } from './session.ts'

/** In the order in which the real one deletes (operator/pkg/uninstall). */
const KINDS = (
  'Deployment DaemonSet Service ConfigMap Pod Secret ServiceAccount RoleBinding Role PodDisruptionBudget ' +
  'HorizontalPodAutoscaler MutatingWebhookConfiguration ValidatingWebhookConfiguration ClusterRole ClusterRoleBinding'
).split(' ')
const COMPONENTS = 'operator.istio.io/component in (Cni,EgressGateways,IngressGateways,Pilot,Ztunnel)'

/**
 * `istioctl uninstall`. With `--revision R`: everything that istioctl made for R, a default tag that points at R too.
 * With a file or neither (≥ 1.24): every revision, since the file's revision is not asked. Helm's objects lack the
 * owner label and stay. `--purge` asks for nothing but the owner label: CRDs go too, and with them everybody's configuration.
 */
export async function uninstall(session: Session): Promise<void> {
  const { line, behaviour, out, progress } = session
  if (line.revision === '' && line.files.length === 0 && !line.purge) {
    throw new Error(
      'at least one of the --revision (or --set revision=<revision>), --filename or --purge flags must be set',
    )
  }
  const revision = line.files.length > 0 || line.purge ? '' : line.revision
  if (revision !== '' && !(await exists(session, revision))) throw new Error('could not find target revision')
  const objects = await owned(session, revision)
  if (objects.length === 0) {
    out('No resources will be pruned from the cluster. Please double check the input configs\n')
  }
  for (const object of objects) await removeOne(session, object)
  progress(`${coloured(behaviour, 'green', '✔')} Uninstall complete`)
}

async function removeOne(session: Session, object: KubeObject): Promise<void> {
  await step(session.behaviour, `delete:${object.kind}/${object.metadata.name}`)
  const api = object.apiVersion.includes('/') ? object.apiVersion : `/${object.apiVersion}`
  const name = `${api}, Kind=${object.kind}/${object.metadata.name}.${object.metadata.namespace ?? ''}`
  if (session.line.dryRun) return session.out(`Not pruning object ${name} because of dry run.`)
  await session.kube().remove(object)
  session.out(`  Removed ${name}.`)
}

async function exists(session: Session, revision: string): Promise<boolean> {
  const selector = `istio.io/rev=${revision}`
  const kube = session.kube()
  if ((await kube.list('MutatingWebhookConfiguration', selector)).length > 0) return true
  return (await kube.list('Pod', `app=istiod,${selector}`, session.line.istioNamespace)).length > 0
}

async function owned(session: Session, revision: string): Promise<KubeObject[]> {
  const { purge } = session.line
  const owner = `install.operator.istio.io/owning-resource-namespace=${session.line.istioNamespace}`
  const selector = [
    ...(revision === '' ? [] : [`istio.io/rev=${revision}`]),
    owner,
    ...(purge ? [] : [COMPONENTS]),
  ].join(',')
  const lists: KubeObject[] = []
  for (const kind of purge ? [...KINDS, 'CustomResourceDefinition'] : KINDS)
    lists.push(...(await session.kube().list(kind, selector)))
  return lists
}
