import type { Button } from '@slack/types'
import { RESTARTED_KINDS, type WorkloadRef } from '../../wire/restarts.ts'
import type { TeamFacts } from '../../wire/card-facts.ts'
import { ACTIONS } from '../action-ids.ts'
import { button } from './blocks.ts'
import { put, type Look } from './look.ts'

const OFFERED: readonly string[] = [...RESTARTED_KINDS, 'Rollout']

/** The workloads of a card that a restart alone would move; of an Argo Rollout it is only told how. */
export function restartable({ restarts, team, workloads, answered }: TeamFacts): readonly WorkloadRef[] {
  if (restarts !== 'owners' || team === null || answered?.kind === 'not-ours') return []
  return workloads
    .filter(({ kind, cause }) => OFFERED.includes(kind) && cause.code === 'NOT_REDEPLOYED')
    .map(({ namespace, kind, name }) => ({ namespace, kind, name }))
}

/** *Restart now* and *Pick a time*, where the settings let owners restart and a restart would help. */
export function restartButtons(facts: TeamFacts, look: Look): readonly Button[] {
  if (restartable(facts).length === 0) return []
  const about = { cluster: facts.cluster }
  return [
    button({
      action: ACTIONS.restart,
      text: put(look, 'buttonRestart'),
      value: facts.run,
      label: put(look, 'labelRestart', about),
    }),
    button({
      action: ACTIONS.restartLater,
      text: put(look, 'buttonRestartLater'),
      value: facts.run,
      label: put(look, 'labelRestartLater', about),
    }),
  ]
}
