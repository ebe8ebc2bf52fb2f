import type { CardFacts } from '../wire/card-facts.ts'

/**
 * Slack caps an app's posts over all channels (it names no number, "several hundred a minute"; over-bursting may lose messages).
 * After a switch every team is told at once: theirs are spread, and what people wait for keeps the rest of the cap.
 */
const TEAM_POSTS_A_MINUTE = 60
const MINUTE_MS = 60_000

/** How many ms a new post of this card waits; 0 takes a place at once, since posts are sent side by side. Machine's clock. */
export type PostPace = (card: CardFacts['card'], nowMs: number) => number

export function postPace(): PostPace {
  let recent: readonly number[] = []
  return (card, nowMs) => {
    if (card !== 'team' && card !== 'disowned' && card !== 'reminder') return 0
    recent = recent.filter((at) => at > nowMs - MINUTE_MS)
    const oldest = recent[recent.length - TEAM_POSTS_A_MINUTE]
    if (oldest !== undefined) return oldest + MINUTE_MS - nowMs
    recent = [...recent, nowMs]
    return 0
  }
}
