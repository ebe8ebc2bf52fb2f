import type { Button } from '@slack/types'
import type { VerdictNotice } from '../../wire/notice.ts'
import { ACTIONS } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { button } from './blocks.ts'
import { put, type Look } from './look.ts'

/** What a person may wave through by name: settings that differ between the control planes, and where images come from. */
const KEYS_OF: Readonly<Record<string, (facts: VerdictNotice['said']['facts']) => readonly string[]>> = {
  MESH_CONFIG_DIFFERS: ({ keys }) => listOf(keys),
  RENDERED_HUB_DIFFERS: () => ['hub'],
}

/**
 * The button under a refused plan that asks again with every difference named. Null while anything else speaks against the
 * plan, or a name could not be typed as a word. It runs the command that the person could type: their rights, their name.
 */
export function acknowledgeButton(verdict: VerdictNotice, look: Look): Button | null {
  const keys = keysOf(verdict)
  const { version, by } = verdict.said.facts
  if (keys.length === 0 || typeof version !== 'string') return null
  const until = typeof by === 'string' ? ` by ${by}` : ''
  const value = `upgrade ${verdict.cluster} to ${version}${until} acknowledge ${keys.join(',')}`
  if (keys.some((key) => /[\s,]/.test(key)) || value.length > LIMITS.buttonValue) return null
  return button({
    action: ACTIONS.acknowledge,
    text: put(look, 'buttonAcknowledge'),
    value,
    label: put(look, 'labelAcknowledge', { cluster: verdict.cluster, keys: keys.slice(0, 3) }),
  })
}

/** Also what was acknowledged in the request that this verdict answers: the next one names all of it again. */
function keysOf({ said, more }: VerdictNotice): readonly string[] {
  if (said.code !== 'PLAN_REFUSED' || more.length === 0) return []
  const each = more.map(({ code, facts }) => KEYS_OF[code]?.(facts) ?? [])
  if (each.some((keys) => keys.length === 0)) return []
  return [...new Set([...listOf(said.facts['acknowledged']), ...each.flat()])]
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
