import type { Run } from '../wire/run.ts'
import { beginPhase } from './begin-phase.ts'
import { cardById } from './cards.ts'
import { decisionOf, supersededBy, whyUnusable } from './decide-approval.ts'
import type { Decided } from './decided.ts'
import { withAudit, withVerdict } from './draft.ts'
import type { RunEvent } from './event.ts'
import { codedOf } from './event.ts'
import type { Policy } from './policy.ts'
import { mayStart } from './who-may.ts'

type Start = Extract<RunEvent, { kind: 'start' }>

/** Start acts on an approval: gates and fingerprint are looked at again (design.md §5). */
export function decideStart(run: Run, event: Start, policy: Policy, nowMs: number): Decided {
  const { click, standing } = event
  const card = cardById(run, event.card.id)
  const unusable = whyUnusable(run, card, event.card, 'approved', nowMs)
  if (unusable || !card) return { ok: false, refusal: unusable ?? { code: 'CARD_UNKNOWN', facts: {} } }
  const no = mayStart(policy, run, card, click.who)
  if (no) return { ok: false, refusal: no }
  const stale = supersededBy(run, card, standing, policy, nowMs)
  if (stale) return stale
  const [blocked] = standing.blocked
  if (blocked) return { ok: false, refusal: blocked }

  const decisions = [...card.decisions, decisionOf('start', click, nowMs)]
  const begun = beginPhase(run, { ...card, decisions, state: 'started' }, nowMs)
  const said = codedOf('STARTED', { phase: card.phase, approval: card.id })
  return { ok: true, run: withVerdict(withAudit(begun, said, nowMs, click), click.request, said) }
}
