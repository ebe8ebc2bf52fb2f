import { baseObjects } from '../kube-server/istio/base-objects.ts'
import type { ControlPlane } from '../kube-server/istio/control-plane.ts'
import { ownerLabels } from '../kube-server/istio/control-plane.ts'
import { renderControlPlane } from '../kube-server/istio/render.ts'
import { NEVER_READY } from '../kube-server/controllers/never-ready.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { objectAt } from '../kube-server/kube-object.ts'
import { step } from './behaviour.ts'
import { takeDefault } from './default-tag.ts'
import { readPlane } from './operator-file.ts'
import { runIstiods, trustIstiods } from './play-controllers.ts'
import type { Session } from './session.ts'
import { Cancelled, coloured } from './session.ts'
import { waitForReady } from './wait-for-ready.ts'
import { messageOf } from '../../kernel/errors.ts'

/** `istioctl install`: applies by server-side apply, waits, and (the trap of 1.27 and newer) may take over the default. */
export async function install(session: Session): Promise<void> {
  const { line, behaviour, version, kube, progress } = session
  const plane = readPlane(line.files, line.sets, line.revision, version)
  if (!line.yes) {
    session.out(`This will install the Istio ${version} profile "default" into the cluster. Proceed? (y/N)`)
    throw new Cancelled()
  }
  const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: plane.namespace } }
  if (!(await kube().get('Namespace', plane.namespace))) await kube().create(namespace, 'istioctl')
  progress(`${coloured(behaviour, 'yellow', '-')} Processing resources for Istio core.`)
  await applyAll(session, plane, baseObjects(plane), 'Base')
  progress(`${coloured(behaviour, 'green', '✔')} Istio core installed ⛵️`)
  progress(`${coloured(behaviour, 'yellow', '-')} Processing resources for Istiod.`)
  const objects = renderControlPlane(plane).map((object) => asBehaved(session, object))
  await applyAll(session, plane, objects, 'Pilot')
  await step(behaviour, 'pods')
  await runIstiods(session, plane)
  await waitForReady(
    session,
    objects.filter((object) => object.kind === 'Deployment'),
  )
  await trustIstiods(session, plane)
  progress(`${coloured(behaviour, 'green', '✔')} Istiod installed 🧠`)
  for (const name of plane.gateways) progress(`${coloured(behaviour, 'green', '✔')} ${titleOf(name)} installed 🛬`)
  progress(`${coloured(behaviour, 'yellow', '-')} Pruning removed resources`)
  await step(behaviour, 'complete')
  progress(`${coloured(behaviour, 'green', '✔')} Installation complete`)
  await takeDefault(session, plane)
}

/** An istiod that shall never be ready is one whose pods say so, to a cluster that runs by itself. */
function asBehaved({ behaviour }: Session, object: KubeObject): KubeObject {
  if (behaviour.neverReady !== true || object.kind !== 'Deployment') return object
  const spec = objectAt(object, 'spec')
  const metadata = objectAt(spec, 'template', 'metadata')
  const annotations = { ...objectAt(metadata, 'annotations'), [NEVER_READY]: 'true' }
  return {
    ...object,
    spec: { ...spec, template: { ...objectAt(spec, 'template'), metadata: { ...metadata, annotations } } },
  }
}

async function applyAll(
  session: Session,
  plane: ControlPlane,
  objects: readonly KubeObject[],
  component: string,
): Promise<void> {
  for (const object of objects) {
    await step(session.behaviour, `apply:${object.kind}/${object.metadata.name}`)
    const own = object.metadata.labels?.['operator.istio.io/component'] ?? component
    const labels = { ...object.metadata.labels, ...ownerLabels(plane, own) }
    try {
      await session.kube().apply({ ...object, metadata: { ...object.metadata, labels } }, 'istio-operator')
    } catch (error) {
      const what = `${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`
      const why = messageOf(error)
      const text = `failed to update resource with server-side apply for obj ${what}: ${why}`
      session.progress(`${coloured(session.behaviour, 'red', '✘')} Istiod encountered an error: ${text}`)
      throw new Error(`failed to install manifests: ${text}`, { cause: error })
    }
  }
}

function titleOf(gateway: string): string {
  return gateway.includes('egress') ? 'Egress gateways' : 'Ingress gateways'
}
