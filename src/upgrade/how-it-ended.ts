import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { codedOf } from './event.ts'

/** How an upgrade ended, when, and by whom where that is known; null while it goes on. */
export function howItEnded(run: Run): Coded | null {
  if (!run.endedAt) return null
  const from = run.plan.from.map(({ version }) => version).join(', ')
  const facts = { cluster: run.cluster, from, to: run.plan.to.version, at: run.endedAt }
  const { because } = run.rollback ?? {}
  if (run.state === 'returned') {
    return codedOf('UPGRADE_OVER_BACK', { ...because?.facts, ...facts, because: because?.code })
  }
  const by = whoLetGo(run)
  return by.length > 0 ? codedOf('UPGRADE_OVER_DONE', { ...facts, by }) : codedOf('UPGRADE_OVER_REPLACED', facts)
}

/** Whoever approved that the old control plane goes, where it went. */
function whoLetGo({ cards }: Run): readonly string[] {
  const card = cards.findLast(({ phase, state }) => phase === 'retire' && state === 'started')
  return (card?.decisions ?? []).filter(({ verdict }) => verdict === 'approve').map(({ who }) => who.user)
}
