import type { Click } from '../upgrade/event.ts'
import { codedOf } from '../upgrade/event.ts'
import { newRun } from '../upgrade/new-run.ts'
import { whyTooLarge } from '../upgrade/record-room.ts'
import { mayRequest } from '../upgrade/who-may.ts'
import type { Plan } from '../wire/plan.ts'
import type { Ask } from '../wire/request.ts'
import type { Answer } from './answer.ts'
import { no, noBecause } from './answer.ts'
import { askApproval } from './ask-approval.ts'
import { makeRoom } from './make-room.ts'
import { newestConfigured } from './pinned-istioctl.ts'
import { preflight } from './preflight.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * `/istio upgrade`: reads everything, decides, and either begins a run with its plan and first card, or says everything that
 * stands in the way, at once. Changes nothing of Istio's.
 */
export async function planUpgrade(
  ctx: WorkerContext,
  click: Click,
  ask: Extract<Ask, { kind: 'upgrade' }>,
): Promise<Answer> {
  const refused = mayRequest(ctx.policy, click.who)
  if (refused) return noBecause(refused.code, refused.facts)
  const busy = await makeRoom(ctx)
  if (busy) return busy
  const version = ask.to ?? newestConfigured(ctx.istioctl.versions())
  if (!version) return noBecause('ISTIOCTL_NONE')
  const acknowledged = ask.acknowledge ?? []
  const checked = await preflight(ctx, { version, by: ask.by, acknowledged })
  if (!checked.ok) {
    const facts = { version, reasons: checked.refusals.length, acknowledged, ...(ask.by ? { by: ask.by } : {}) }
    return no(codedOf('PLAN_REFUSED', facts), checked.refusals)
  }
  return begin(ctx, click, checked.plan)
}

async function begin(ctx: WorkerContext, click: Click, plan: Plan): Promise<Answer> {
  const run = newRun({
    id: ctx.newId('run'),
    plan,
    channel: ctx.settings.channel,
    requestedBy: click.who,
    request: click.request,
    nowMs: ctx.clocks.calendar.now(),
  })
  const tooLarge = whyTooLarge(run)
  if (tooLarge) return no(tooLarge)
  if (!(await ctx.runs.begin(run))) return noBecause('RUN_ACTIVE', { cluster: ctx.settings.cluster })
  await askApproval(ctx)
  return { ok: true }
}
