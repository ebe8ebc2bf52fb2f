import type { Told } from './send-team-card.ts'
import type { WorkerContext } from './worker-context.ts'

/** Each team with a channel; last whoever looks after what no team owns. */
export function everybodyTold({ settings: { teams, unowned } }: WorkerContext): readonly Told[] {
  const named = Object.entries(teams).map(([name, team]) => ({ name, team }))
  return unowned ? [...named, { name: null, team: unowned }] : named
}
