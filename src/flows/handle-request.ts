import { CodedError, refusalOf } from '../kernel/errors.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Click } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Person } from '../wire/person.ts'
import type { Ask, RequestBody } from '../wire/request.ts'
import { signedRequest } from '../wire/request.ts'
import { applyEffects, auditRefused, sendVerdict } from './apply-effects.ts'
import { answerNudge } from './answer-nudge.ts'
import { answerCompare } from './compare-sidecars.ts'
import { askRestart, lookAtRestart } from './ask-restart.ts'
import { cancelRestart } from './cancel-restart.ts'
import { approvePhase, rejectPhase, startPhase } from './decide-card.ts'
import { askAgain } from './ask-approval.ts'
import { planUpgrade } from './plan-upgrade.ts'
import { previewUpgrade } from './preview-upgrade.ts'
import { publishStatus } from './publish-status.ts'
import { repeatMessages, savePosted } from './repeat-messages.ts'
import { sendNudges } from './send-nudges.ts'
import { resumeRun, rollBack, stopRun } from './steer-run.ts'
import { tellPlatform } from './tell-platform.ts'
import type { Answer } from './answer.ts'
import { no } from './answer.ts'
import { answerBecame, ofOtherRun, withEnd } from './what-became.ts'
import { verifyRequest } from './verify-request.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * One request from the queue, from whoever wrote it there: verified, decided, answered. What isn't a valid request of ours is
 * logged and audited and never answered (there is nobody to answer).
 */
export async function handleRequest(ctx: WorkerContext, raw: unknown): Promise<void> {
  const verified = verifyRequest(raw, ctx.settings.botKeys, ctx.settings.cluster, ctx.clocks.machine.now())
  if (!verified.ok) return refuseUnverified(ctx, verified.refusal.code, raw)
  const body = verified.value
  if (body.ask.kind === 'posted') return savePosted(ctx, body.ask)
  if (body.ask.kind === 'repeat') return repeatMessages(ctx)
  if (!body.who) return refuseUnverified(ctx, 'REQUEST_MALFORMED', raw)
  if (body.ask.kind === 'compare') return void answerCompare(ctx, body.id, body.who, body.ask)
  if (body.ask.kind === 'preview') return startPreview(ctx, body.id, body.who, body.ask)
  const click: Click = { request: body.id, who: body.who, signed: signedRequest.parse(raw) }
  const answer = await answerTo(ctx, body, click)
  await Promise.all([noteDecided(ctx, body), tell(ctx, body.id, body.who, answer)])
}

/** Not waited for: the next request is a click that must not wait for it. What fails in it is logged there. */
function startPreview(ctx: WorkerContext, id: string, who: Person, ask: Extract<Ask, { kind: 'preview' }>): void {
  void ctx.previewTurns(who.user, () => previewUpgrade(ctx, id, who, ask))
}

/**
 * A request is noted as decided after the decision, not before: a worker that was killed in between gets it from the queue
 * once more, and the run itself refuses what it has taken already. Nothing is answered by a worker that lost the Lease
 * meanwhile: LEASE_LOST gives the request back to the queue, for whoever leads then.
 */
async function answerTo(ctx: WorkerContext, body: RequestBody, click: Click): Promise<Answer> {
  try {
    if (await ctx.store.wasDecided(body.id)) return no(codedOf('REQUEST_REPEATED'))
    const answer = (await ofOtherRun(ctx, body.ask)) ?? (await withEnd(ctx, body.ask, await dispatch(ctx, body, click)))
    if (!answer.ok && ctx.lost.aborted) throw new CodedError('LEASE_LOST')
    return answer
  } catch (error) {
    if (ctx.lost.aborted) throw new CodedError('LEASE_LOST', {}, { cause: error })
    const { code, facts } = refusalOf(error)
    if (code === 'LEASE_LOST') throw error
    ctx.log.error('a request could not be decided', { request: body.id, kind: body.ask.kind, code, ...facts })
    return no(codedOf(code, facts))
  }
}

/** What was decided stays so when it can't be noted: a repetition changes nothing, and is too old two minutes later. */
async function noteDecided(ctx: WorkerContext, { id }: RequestBody): Promise<void> {
  try {
    await ctx.store.noteDecided(id, ctx.clocks.machine.now())
  } catch (error) {
    ctx.log.warn('a decided request could not be noted', { request: id, code: refusalOf(error).code })
  }
}

function dispatch(ctx: WorkerContext, body: RequestBody, click: Click): Promise<Answer> {
  const { ask } = body
  switch (ask.kind) {
    case 'upgrade':
      return planUpgrade(ctx, click, ask)
    case 'approve':
      return approvePhase(ctx, click, ask.card, ask.typed)
    case 'reject':
      return rejectPhase(ctx, click, ask.card, ask.reason)
    case 'start':
      return startPhase(ctx, click, ask.card)
    case 'ask-again':
      return askAgain(ctx, click)
    default:
      return steer(ctx, ask, click)
  }
}

function steer(ctx: WorkerContext, ask: RequestBody['ask'], click: Click): Promise<Answer> {
  if (ask.kind === 'stop') return stopRun(ctx, click)
  if (ask.kind === 'resume') return resumeRun(ctx, click)
  if (ask.kind === 'rollback') return rollBack(ctx, click, ask.reason ?? '')
  return ofTeams(ctx, ask, click)
}

/** What teams ask and answer, and what is sent to them. */
function ofTeams(ctx: WorkerContext, ask: RequestBody['ask'], click: Click): Promise<Answer> {
  if (ask.kind === 'tell-platform') return tellPlatform(ctx, click, ask)
  if (ask.kind === 'send-nudges') return sendNudges(ctx, click, ask)
  if (ask.kind === 'snooze' || ask.kind === 'not-ours' || ask.kind === 'answer-back')
    return answerNudge(ctx, click, ask)
  if (ask.kind === 'restart-look') return lookAtRestart(ctx, click, ask)
  if (ask.kind === 'restart') return askRestart(ctx, click, ask)
  if (ask.kind === 'restart-cancel') return cancelRestart(ctx, click, ask)
  if (ask.kind === 'what-became') return answerBecame(ctx, ask)
  return Promise.resolve({ ok: true })
}

/**
 * A decided request is answered by the run's own verdict effect; a refusal is told from here, before anything else that may
 * fail (a record that can't be read refuses everything, and that must be said). What was decided begins first; the status is
 * written before the answer, so that who asks next sees what was decided.
 */
async function tell(ctx: WorkerContext, request: string, who: Person, answer: Answer): Promise<void> {
  if (!answer.ok) await refuse(ctx, request, who, answer)
  else if (answer.said) await sendVerdict(ctx, request, true, answer.said, [])
  await applyEffects(ctx, answer.ok ? () => publishStatus(ctx) : undefined)
}

async function refuse(
  ctx: WorkerContext,
  request: string,
  who: Person,
  { said, more }: Extract<Answer, { readonly ok: false }>,
): Promise<void> {
  await sendVerdict(ctx, request, false, said, more)
  await recordRefusal(ctx, `refused.${request}`, said, who)
}

async function refuseUnverified(ctx: WorkerContext, code: string, raw: unknown): Promise<void> {
  const size = JSON.stringify(raw ?? null).length
  ctx.log.warn('a request was refused unread', { code, bytes: size })
  await recordRefusal(ctx, `refused.${ctx.newId('rq')}`, codedOf(code, { bytes: size }))
}

/** Refused clicks are audited too; when that fails nothing was changed, so it is only logged. */
async function recordRefusal(ctx: WorkerContext, id: string, what: Coded, who?: Person): Promise<void> {
  try {
    await auditRefused(ctx, id, what, who)
  } catch (error) {
    ctx.log.error('a refused request could not be audited', { code: refusalOf(error).code })
  }
}
