import { sleep } from '../../kernel/retry.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { valueAt } from '../kube-server/kube-object.ts'
import { step } from './behaviour.ts'
import type { Session } from './session.ts'
import { coloured } from './session.ts'

const POLL_MS = 100

/**
 * Polls as the real one does until these Deployments' new pods are ready, and fails with its text when the time is up.
 * Where the script played the controllers itself, the pods are ready, or never will be.
 */
export async function waitForReady(session: Session, deployments: readonly KubeObject[]): Promise<void> {
  await step(session.behaviour, 'ready')
  const until = Date.now() + session.line.readinessTimeoutMs
  const played = !(await session.kube().controllersRun())
  const isReady = async (deployment: KubeObject): Promise<boolean> =>
    played ? session.behaviour.neverReady !== true : isRolledOut(session, deployment)
  let told = false
  for (const deployment of deployments) {
    const id = `Deployment/${deployment.metadata.namespace ?? ''}/${deployment.metadata.name}`
    while (!(await isReady(deployment))) {
      if (!told) tellWaiting(session, id)
      told = true
      if (Date.now() >= until) throw timedOut(session, id)
      await sleep(Math.min(POLL_MS, Math.max(1, until - Date.now())))
    }
  }
}

async function isRolledOut(session: Session, { metadata }: KubeObject): Promise<boolean> {
  const live = await session.kube().get('Deployment', metadata.name, metadata.namespace)
  if (!live || valueAt(live, 'status', 'observedGeneration') !== live.metadata.generation) return false
  const wanted = Number(valueAt(live, 'spec', 'replicas') ?? 1)
  const count = (field: string): number => Number(valueAt(live, 'status', field) ?? 0)
  return count('updatedReplicas') >= wanted && count('readyReplicas') >= Math.max(wanted, count('replicas'))
}

function tellWaiting(session: Session, id: string): void {
  const waiting = `Processing resources for Istiod. Waiting for ${id}`
  session.progress(`${coloured(session.behaviour, 'yellow', '-')} ${waiting}`)
}

function timedOut(session: Session, id: string): Error {
  const after = session.line.readinessTimeout
  const text = `failed to wait for resource: resources not ready after ${after}: context deadline exceeded\n  ${id}`
  session.progress(`${coloured(session.behaviour, 'red', '✘')} Istiod encountered an error: ${text}`)
  return new Error(`failed to install manifests: ${text}`)
}
