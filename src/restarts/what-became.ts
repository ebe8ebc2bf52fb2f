import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import { nameOf } from './facts-of-workload.ts'

/**
 * What became of a restart whose time somebody wants to take back and can't: it began, or ended in this way, with who asked for it and
 * when that was. Undefined is one of which nothing is stored.
 */
export function whatBecame(one: Restart | undefined, team: string): Coded {
  if (!one) return { code: 'RESTART_NO_TIME', facts: { team } }
  const { workload, by: asker, because, state } = one
  const when = isOver(state) ? one.endedAt : (one.startedAt ?? one.stamp ?? one.at)
  const facts = { workload: nameOf(workload), asker, ...(when ? { when } : {}) }
  return { code: CODES[state], facts: because ? { ...because.facts, ...facts, because: because.code } : facts }
}

function isOver(state: Restart['state']): boolean {
  return state === 'done' || state === 'failed' || state === 'dropped'
}

const CODES: Readonly<Record<Restart['state'], string>> = {
  planned: 'RESTART_BEGUN',
  asked: 'RESTART_BEGUN',
  running: 'RESTART_BEGUN',
  done: 'RESTART_OVER_WELL',
  failed: 'RESTART_OVER_BADLY',
  dropped: 'RESTART_OVER_UNDONE',
}
