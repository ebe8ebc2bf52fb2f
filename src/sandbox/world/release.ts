import { sleep } from '../../kernel/retry.ts'
import { listAt, textAt, valueAt, type KubeObject } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { patch } from './api-client.ts'
import { nextImage } from './redeploy.ts'

const LOOK_MS = 20

/**
 * Releases a Deployment's next image as its team's pipeline does (`kubectl set image`, `kubectl rollout status`): a patch over
 * HTTP, then the wait for the cluster's controllers. Rejects with the API server's words where it refuses the patch, and with how
 * far the rollout came when it does not end in time.
 */
export async function release(kube: KubeServer, namespace: string, name: string, withinMs = 20_000): Promise<void> {
  const live = kube.get('apps/v1', 'Deployment', name, namespace)
  if (!live) throw new Error(`no Deployment ${namespace}/${name}`)
  const [own] = listAt(live, 'spec', 'template', 'spec', 'containers')
  const value = nextImage(textAt(own, 'image') ?? '')
  const change = { op: 'replace', path: '/spec/template/spec/containers/0/image', value }
  const { code, body } = await patch(kube, `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, [change])
  if (code >= 300) throw new Error(textAt(body, 'message') ?? `HTTP ${code}`)
  await rolledOut(kube, namespace, name, Date.now() + withinMs)
}

async function rolledOut(kube: KubeServer, namespace: string, name: string, end: number): Promise<void> {
  for (;;) {
    const live = kube.get('apps/v1', 'Deployment', name, namespace)
    if (live && isRolledOut(live)) return
    if (Date.now() > end) throw new Error(`${namespace}/${name} is not rolled out: ${JSON.stringify(live?.['status'])}`)
    await sleep(LOOK_MS)
  }
}

/** As `kubectl rollout status` judges: every pod is of the template as it is, and available, and no other is left. */
function isRolledOut(deployment: KubeObject): boolean {
  const { generation } = deployment.metadata
  const number = (...path: string[]): number => Number(valueAt(deployment, ...path) ?? 0)
  const wanted = number('spec', 'replicas')
  const counts = ['replicas', 'updatedReplicas', 'availableReplicas'].map((field) => number('status', field))
  return number('status', 'observedGeneration') >= Number(generation) && counts.every((count) => count === wanted)
}
