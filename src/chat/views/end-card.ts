import type { EndFacts } from '../../wire/card-facts.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification, tame } from '../escape.ts'
import { actions, button, context, fields, header, section, type Card } from './blocks.ts'
import { blockIdOf, put, type Look, type Place } from './look.ts'
import { runStateText } from './run-state.ts'
import { fromText } from './versions.ts'

/** The last message of an upgrade: how it ended, in four numbers. What could not be counted is unknown, never 0. */
export function endCard(facts: EndFacts, look: Look, place: Place): Card {
  const words = wordsOf(facts, look)
  const number = (name: 'endMoved' | 'endRestarted' | 'endClicks' | 'endDays', value: string): string =>
    `*${put(look, name)}*\n${value}`
  return {
    text: notification(put(look, 'endText', words)),
    blocks: [
      header(put(look, facts.state === 'done' ? 'endDone' : 'endOther', words)),
      section(put(look, 'endState', words)),
      fields([
        number('endMoved', words.moved),
        number('endRestarted', words.restarted),
        number('endClicks', words.clicks),
        number('endDays', words.days),
      ]),
      context(put(look, 'endContext', words)),
      ...actions(blockIdOf(place), [
        button({
          action: ACTIONS.helpRun,
          text: put(look, 'endReport'),
          value: `report ${facts.cluster}`,
          label: put(look, 'endReportLabel', words),
        }),
      ]),
    ],
  }
}

function wordsOf({ cluster, from, to, state, numbers, proven, alarms, requestedBy }: EndFacts, look: Look) {
  const counted = (value: number | null): string => (value === null ? put(look, 'endUnknown') : String(value))
  return {
    cluster,
    from: fromText(look, from),
    to: to.version,
    state: runStateText(look, state),
    moved: counted(numbers.podsMoved),
    restarted: counted(numbers.tenantWorkloadsWritten),
    ...(numbers.ownerRestarts ? { owners: numbers.ownerRestarts } : {}),
    clicks: String(numbers.clicks),
    days: String(numbers.days),
    n: proven,
    alarms,
    by: tame(look.name(requestedBy)),
  }
}
