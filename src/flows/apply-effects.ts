import { isoOf } from '../kernel/clock.ts'
import { refusalOf } from '../kernel/errors.ts'
import { codedOf } from '../upgrade/event.ts'
import { stepJobId } from '../upgrade/due.ts'
import { mentionsFor } from '../upgrade/mentions-for.ts'
import { messageFacts } from '../upgrade/message-facts.ts'
import type { Coded } from '../wire/facts.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Effect, Run } from '../wire/run.ts'
import { sendReminder } from './send-reminder.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Applies the run's pending effects, at least once, and strikes off what was applied: audit lines in their order, then steps,
 * then what is only told, after `beforeTelling`. A step never goes forward before every audit line is written; nothing holds up a
 * way back. What is left is tried again at the next look.
 */
export function applyEffects(ctx: WorkerContext, beforeTelling?: () => Promise<void>): Promise<void> {
  return ctx.effectTurns(() => applyPending(ctx, beforeTelling))
}

async function applyPending(ctx: WorkerContext, beforeTelling?: () => Promise<void>): Promise<void> {
  const run = await ctx.runs.current()
  if (!run || ctx.lost.aborted) return beforeTelling?.()
  const applied: string[] = []
  const audited = await applyEach(ctx, run, run.pending.filter(isAudit), applied)
  await applyEach(
    ctx,
    run,
    run.pending.filter((effect) => isActed(effect) && (audited || goesBack(effect))),
    applied,
  )
  await beforeTelling?.()
  await applyEach(ctx, run, run.pending.filter(isTold), applied)
  if (applied.length > 0) await ctx.runs.change({ kind: 'effects-applied', ids: applied }, ctx.clocks.machine.now())
  const after = await ctx.runs.current()
  if (after?.endedAt && after.pending.length === 0) await release(ctx, after)
}

const isAudit = ({ kind }: Effect): boolean => kind === 'audit'
const isActed = ({ kind }: Effect): boolean => kind === 'step' || kind === 'cancel-step'
const goesBack = (effect: Effect): boolean => effect.kind !== 'step' || effect.direction === 'undo'
const isTold = ({ kind }: Effect): boolean => ['verdict', 'message', 'remind'].includes(kind)

/** False when one of them could not be applied. A gap in the audit is none of its order: the rest of its lines waits too. */
async function applyEach(
  ctx: WorkerContext,
  run: Run,
  effects: readonly Effect[],
  applied: string[],
): Promise<boolean> {
  let all = true
  for (const effect of effects) {
    try {
      await applyEffect(ctx, run, effect)
      applied.push(effect.id)
    } catch (error) {
      const { code } = refusalOf(error)
      ctx.log.warn('an effect could not be applied yet', { effect: effect.id, kind: effect.kind, code })
      all = false
      if (effect.kind === 'audit') break
    }
  }
  return all
}

/** The name `active` is freed when all of an ended run's effects are out, so that none is lost with it. */
async function release(ctx: WorkerContext, run: Run): Promise<void> {
  await ctx.store.release(run.id)
  ctx.runs.forget()
}

async function applyEffect(ctx: WorkerContext, run: Run, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'audit':
      return ctx.audit.append({
        id: effect.id,
        at: effect.at,
        cluster: run.cluster,
        run: run.id,
        what: effect.what,
        ...(effect.who ? { who: effect.who } : {}),
        ...(effect.request ? { request: effect.request } : {}),
      })
    case 'step':
      return ctx.queue.addStep(stepJobId(run, effect.step, effect.attempt), {
        run: run.id,
        step: effect.step,
        attempt: effect.attempt,
        direction: effect.direction,
      })
    case 'cancel-step':
      ctx.running.get(effect.step)?.abort()
      return
    case 'verdict':
      return sendVerdict(ctx, effect.request, effect.ok, effect.said, [], effect.id)
    case 'message':
      return sendMessage(ctx, run, effect.message)
    case 'remind':
      return sendReminder(ctx, run, effect)
  }
}

/** Tells the bot how a request ended. */
export async function sendVerdict(
  ctx: WorkerContext,
  request: string,
  ok: boolean,
  said: Coded,
  more: readonly Coded[],
  id = `verdict.${request}`,
): Promise<void> {
  const at = isoOf(ctx.clocks.machine.now())
  await ctx.queue.addNotice({
    v: 1,
    kind: 'verdict',
    id,
    cluster: ctx.settings.cluster,
    at,
    request,
    ok,
    said,
    more: [...more],
  })
}

/** Sends the whole wanted state of one message; a newer revision replaces an older one at the bot. */
export async function sendMessage(ctx: WorkerContext, run: Run, message: string): Promise<void> {
  const card = messageFacts(run, message)
  const revision = run.messages[message]
  if (!card || revision === undefined) return
  const posted = (await ctx.store.messages())[message]
  const notice: MessageNotice = {
    v: 1,
    kind: 'message',
    id: `${message}.${revision}`,
    cluster: run.cluster,
    at: isoOf(ctx.clocks.machine.now()),
    message,
    revision,
    channel: run.channel,
    ...(ctx.settings.fallbackChannel ? { fallbackChannel: ctx.settings.fallbackChannel } : {}),
    mention: [...mentionsFor(run, message, ctx.policy, ctx.settings.mention)],
    card,
    ...(posted ? { posted } : {}),
    ...(run.endedAt ? { confirm: true } : {}),
  }
  await ctx.queue.addNotice(notice)
}

/** An audit line for something that no run decided: refused requests. */
export async function auditRefused(
  ctx: WorkerContext,
  id: string,
  what: Coded,
  who?: Run['requestedBy'],
): Promise<void> {
  const at = isoOf(ctx.clocks.calendar.now())
  await ctx.audit.append({
    id,
    at,
    cluster: ctx.settings.cluster,
    what: codedOf('REFUSED', { code: what.code, ...what.facts }),
    ...(who ? { who } : {}),
  })
}
