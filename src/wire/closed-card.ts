import type { Refusal } from '../kernel/errors.ts'
import type { CardFacts, TeamFacts } from './card-facts.ts'
import { whyDecided } from './decided-card.ts'

/** What a click on a card is told that has been decided, answered or closed: by whom, or what changed. Null while it is open. */
export function whyClosed(card: CardFacts): Refusal | null {
  if (card.card === 'approval') return whyDecided(card)
  return card.card === 'team' ? whyTeamClosed(card) : null
}

function whyTeamClosed({ answered, cluster, ...card }: TeamFacts): Refusal | null {
  const team = card.team ?? undefined
  const code = closedCode(card)
  if (code) return { code, facts: { team, cluster } }
  if (!answered) return null
  const { user: by, until } = answered
  return answered.kind === 'snooze'
    ? { code: 'TEAM_SNOOZED_ALREADY', facts: { team, by, until } }
    : { code: 'TEAM_DISOWNED_ALREADY', facts: { team, by } }
}

function closedCode({ gone, over, replaced, kind }: Pick<TeamFacts, 'gone' | 'over' | 'replaced' | 'kind'>) {
  if (over) return 'TEAM_CARD_OVER'
  if (gone || kind === 'done') return 'TEAM_CARD_GONE'
  return replaced ? 'TEAM_CARD_REPLACED' : null
}

/** What an open reminder says now, to whom it is not what they clicked; STALE_CARD of any other card. */
export function whyChanged(card: CardFacts, message: string): Refusal {
  if (card.card !== 'team' || card.kind !== 'nudge') return { code: 'STALE_CARD', facts: { message } }
  const workloads = card.workloads.map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`)
  return { code: 'TEAM_CARD_CHANGED', facts: { message, team: card.team ?? undefined, workloads, pods: card.old } }
}
