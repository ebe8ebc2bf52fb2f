import { controlPlaneFor } from '../istio/control-planes.ts'
import type { Mesh } from '../istio/mesh.ts'
import { objectName, ownersOf } from '../istio/owners.ts'
import { lostWebhooks, webhooksTakenFromOthers } from '../istio/webhooks-leading.ts'
import { codedOf } from '../upgrade/event.ts'
import { unusedLook, whyNotQuiet, whyUsed, withLook } from '../upgrade/unused.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { freshCensus } from './fresh-census.ts'
import { missingRights } from './istioctl-rights.ts'
import { readOldObjects } from './old-objects.ts'
import { resolvingTo } from './still-using.ts'
import { withTemplates } from './with-templates.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Why OLD may not go, nor be taken to zero for a rehearsal; empty when it may. Two sources must have been at zero for long
 * enough and be there now, nothing may resolve to OLD, and its own tool must be one that we can use.
 */
export async function retireGates(ctx: WorkerContext, run: Run, mesh: Mesh): Promise<readonly Coded[]> {
  const now = await withTemplates(ctx, mesh)
  const revisions = run.plan.from.map(({ revision }) => revision)
  const resolving = revisions.flatMap((revision) => resolvingTo(now, revision))
  const from = revisions.join(', ')
  const inUse = whyInUse(ctx, run)
  const lost = lostWebhooks(mesh)
  const missing = await missingRights(ctx)
  // Without the right to remove it not all of it can be read either.
  const others = missing.length > 0 ? [] : await Promise.all(revisions.map((revision) => othersOf(ctx, revision)))
  return [
    ...(inUse ? [inUse] : []),
    ...(resolving.length > 0 ? [codedOf('OLD_STILL_RESOLVED', { from, by: resolving })] : []),
    // The proof afterwards could not tell them from those that the removal broke.
    ...(lost.length > 0 ? [codedOf('WEBHOOK_LOST', { webhooks: lost })] : []),
    ...revisions.flatMap((revision) => takenGate(run, mesh, revision)),
    ...revisions.flatMap((revision) => ownerGate(mesh, revision)),
    ...newGate(run, mesh),
    ...missing,
    ...others.flat(),
  ]
}

/**
 * Why the control plane that is to go is not known to be unused, by a count of this moment: the quiet time that the record knows
 * must reach up to it, without a break, another process or another revision in between. Null when nobody uses it.
 */
export function whyInUse(ctx: WorkerContext, run: Run): Coded | null {
  const taken = freshCensus(ctx)
  if (!taken) return codedOf('CENSUS_STALE')
  const nowMs = ctx.clocks.calendar.now()
  const seen = withLook(run, unusedLook(taken), nowMs)
  return whyUsed(taken.census) ?? whyNotQuiet(seen, ctx.policy.quietMs, nowMs)
}

function takenGate({ plan }: Run, mesh: Mesh, revision: string): readonly Coded[] {
  const webhooks = webhooksTakenFromOthers(mesh, revision)
  return webhooks.length > 0 ? [codedOf('OLD_TAKES_WEBHOOKS', { revision, webhooks, to: plan.to.revision })] : []
}

/** What istioctl would remove with OLD although it is no control plane: CNI's agents, gateways. */
async function othersOf(ctx: WorkerContext, revision: string): Promise<readonly Coded[]> {
  const objects = await readOldObjects(ctx, revision)
  const others = objects.filter(({ metadata }) => metadata.labels?.['operator.istio.io/component'] !== 'Pilot')
  return others.length > 0 ? [codedOf('OLD_HAS_OTHERS', { revision, objects: others.map(objectName) })] : []
}

/**
 * istioctl says "uninstalled" of what Helm made, and removes nothing. Helm's annotation alone counts: whether its release is still
 * there would have to be read from Secrets, at every click.
 */
function ownerGate(mesh: Mesh, revision: string): readonly Coded[] {
  const plane = controlPlaneFor(mesh, revision)
  if (!plane) return [codedOf('OLD_UNKNOWN', { revision })]
  const { name, namespace, annotations } = plane.deployment.metadata
  const release = annotations?.['meta.helm.sh/release-name']
  if (release !== undefined) {
    const evidence = [`annotation meta.helm.sh/release-name=${release}`]
    return [codedOf('OLD_NOT_OURS_TO_REMOVE', { revision, owner: 'helm', evidence })]
  }
  const owned = ownersOf(mesh).find(({ object }) => object === `Deployment ${namespace ?? ''}/${name}`)
  if (!owned || owned.owner === 'istioctl' || owned.owner === 'meshferry') return []
  return [codedOf('OLD_NOT_OURS_TO_REMOVE', { revision, owner: owned.owner, evidence: owned.evidence })]
}

function newGate(run: Run, mesh: Mesh): readonly Coded[] {
  const { revision, version } = run.plan.to
  const ready = controlPlaneFor(mesh, revision)?.readyEndpoints ?? 0
  return ready >= 2 ? [] : [codedOf('CONTROL_PLANE_NOT_READY', { revision, version, ready, wanted: 2 })]
}
