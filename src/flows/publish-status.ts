import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import { controlPlanesOf } from '../istio/control-planes.ts'
import type { Mesh } from '../istio/mesh.ts'
import { namespaceClassesOf, revisionOfClass } from '../istio/namespace-classes.ts'
import { runStatus } from '../upgrade/status-of.ts'
import type { ClusterStatus } from '../wire/read-model.ts'
import type { Run } from '../wire/run.ts'
import { deadlineNow } from './deadline-now.ts'
import { heldNow } from './held-now.ts'
import type { WorkerContext } from './worker-context.ts'

/** Writes what `/istio status` answers from. Redis being away is no reason to fail whatever came before. */
export async function publishStatus(ctx: WorkerContext): Promise<void> {
  try {
    await ctx.readModel.putStatus(await statusNow(ctx))
  } catch (error) {
    ctx.log.warn('the status could not be published', { code: refusalOf(error).code })
  }
}

async function statusNow(ctx: WorkerContext): Promise<ClusterStatus> {
  const run = await ctx.runs.current()
  const mesh = ctx.lastMesh()
  return {
    v: 1,
    cluster: ctx.settings.cluster,
    at: isoOf(ctx.clocks.machine.now()),
    ...(mesh ? countsOf(mesh) : { controlPlanes: [], classes: [], countedAt: null }),
    census: ctx.lastCensus()?.census ?? null,
    run: run && !run.endedAt ? await statusOf(ctx, run) : null,
  }
}

async function statusOf(ctx: WorkerContext, run: Run): Promise<ClusterStatus['run']> {
  const census = ctx.lastCensus()?.census ?? null
  return {
    ...runStatus(run, await ctx.store.messages(), ctx.policy.quietMs, ctx.clocks.calendar.now(), census),
    ...deadlineNow(ctx, run, census, ctx.settings.timezone),
    ...(await heldNow(ctx, run)),
  }
}

function countsOf(mesh: Mesh): Pick<ClusterStatus, 'controlPlanes' | 'classes' | 'countedAt'> {
  return {
    controlPlanes: controlPlanesOf(mesh).map((plane) => ({
      revision: plane.revision,
      version: plane.version ?? '0.0.0',
      ready: plane.readyReplicas,
      wanted: plane.replicas,
    })),
    classes: namespaceClassesOf(mesh).map((entry) => ({
      key: entry.key,
      namespaces: entry.namespaces.length,
      gets: revisionOfClass(entry),
    })),
    countedAt: mesh.readAt,
  }
}
