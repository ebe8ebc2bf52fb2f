import type { Button } from '@slack/types'
import type { TeamFacts } from '../../wire/card-facts.ts'
import { ACTIONS } from '../action-ids.ts'
import { button } from './blocks.ts'
import { put, type Look } from './look.ts'

/** For whoever has trouble after a deploy: compares new pods with old ones. Not for what no team owns. */
export function sidecarButton({ team, run, cluster }: TeamFacts, look: Look): Button[] {
  if (team === null) return []
  return [
    button({
      action: ACTIONS.sidecar,
      text: put(look, 'buttonSidecar'),
      value: run,
      label: put(look, 'labelSidecar', { cluster }),
    }),
  ]
}
