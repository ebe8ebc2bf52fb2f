import { isWebhook, restorable } from '../../istio/old-objects.ts'
import { kubectlFor } from '../../istio/kubectl.ts'
import type { KubeObject } from '../../istio/objects.ts'
import { CodedError, refusalOf } from '../../kernel/errors.ts'
import { codedOf } from '../../upgrade/event.ts'
import type { PhaseName } from '../../wire/names.ts'
import type { Run } from '../../wire/run.ts'
import { proveClasses } from '../class-proofs.ts'
import { readOldObjects } from '../old-objects.ts'
import type { WorkerContext } from '../worker-context.ts'
import { verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Verified } from './step.ts'
import { nothingToUndo } from './step.ts'

/**
 * Before OLD is taken to zero or removed: everything that istioctl made for it is saved, each object proven restorable by a dry
 * run of exactly what a restore would send, the way back is put into the cluster as commands, and every class is proven as it is.
 */
export const saveOld: StepHandler = {
  alreadyDone: async () => false,
  act: async () => undefined,
  verify,
  undo: nothingToUndo,
}

/** What a restore is made from. */
export type SavedOld = { readonly revision: string; readonly objects: readonly KubeObject[] }

async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run, signal } = work
  const [proofs, saved] = await Promise.all([proveClasses(ctx, run, signal), save(work)])
  return verifiedBy(proofs, [codedOf('OLD_SAVED', { revision: saved.revision, objects: saved.objects.length })])
}

async function save(work: StepWork): Promise<SavedOld> {
  const { ctx, run, step, entry } = work
  const revision = run.plan.from[0]?.revision ?? ''
  const objects = (await readOldObjects(ctx, revision)).map(restorable)
  if (!objects.some(({ kind }) => kind === 'Deployment')) throw new CodedError('OLD_NOT_ISTIOCTLS', { revision })
  for (const object of objects) await proveRestorable(ctx, object)
  const saved: SavedOld = { revision, objects }
  await work.saved(await ctx.store.saveBackup(run.id, `${step.phase}-before`, entry.attempt, saved))
  await ctx.store.saveUndo(run.id, undoOf(ctx, run, step.phase, saved))
  return saved
}

async function proveRestorable(ctx: WorkerContext, object: KubeObject): Promise<void> {
  try {
    await ctx.cluster.apply(object, { dryRun: true })
  } catch (error) {
    const { code, facts } = refusalOf(error)
    if (code === 'CLUSTER_UNREACHABLE' || code === 'CLUSTER_THROTTLED') throw error
    const { kind, metadata } = object
    throw new CodedError('OLD_NOT_RESTORABLE', { ...facts, kind, name: metadata.name, because: code }, { cause: error })
  }
}

/** How to put OLD back by hand: after a rehearsal its replicas, after its removal everything, what intercepts requests last. */
function undoOf(ctx: WorkerContext, run: Run, phase: PhaseName, saved: SavedOld): Readonly<Record<string, string>> {
  const head = [
    '#!/bin/sh',
    `# Meshferry, cluster ${run.cluster}, ${run.id}: how to undo the phase "${phase}" by hand.`,
    `# Puts the control plane ${saved.revision} back. No running pod is touched, and new pods go on getting what they get:`,
    '# to give them the old one again, run undo-switch.sh afterwards, and never before.',
    'set -e',
  ]
  const lines = phase === 'rehearse' ? scaleCommands(saved) : restoreCommands(ctx, saved)
  return { [`undo-${phase}.sh`]: `${[...head, ...lines].join('\n')}\n` }
}

/** Command lines that give OLD's Deployments the replicas that they had. */
function scaleCommands({ objects }: SavedOld): readonly string[] {
  return deploymentsOf(objects).map(
    ({ name, namespace, replicas }) => `kubectl scale deployment ${name} -n ${namespace} --replicas=${replicas}`,
  )
}

function restoreCommands(ctx: WorkerContext, { objects }: SavedOld): readonly string[] {
  const { istioNamespace } = ctx.settings
  const apply = (object: KubeObject): string => {
    const { apiVersion, kind, metadata } = object
    const { name, namespace } = metadata
    const ref = { apiVersion, kind, name, ...(namespace ? { namespace } : {}) }
    return kubectlFor({ kind: 'apply', ref, body: object, restsOn: { kind: 'any' } })
  }
  const ready = deploymentsOf(objects).map(
    ({ name }) => `kubectl rollout status deployment ${name} -n ${istioNamespace} --timeout=120s`,
  )
  return [...objects.filter((one) => !isWebhook(one)).map(apply), ...ready, ...objects.filter(isWebhook).map(apply)]
}

type Scale = { readonly name: string; readonly namespace: string; readonly replicas: number }

/** OLD's Deployments with the replicas that they had; one where the object does not say it. */
export function deploymentsOf(objects: readonly KubeObject[]): readonly Scale[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, ...rest }) => {
      const { spec } = rest as { readonly spec?: { readonly replicas?: number } }
      return { name: metadata.name, namespace: metadata.namespace ?? '', replicas: spec?.replicas ?? 1 }
    })
}
