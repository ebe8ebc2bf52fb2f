import type { Button } from '@slack/types'
import type { WaitFacts } from '../../wire/card-facts.ts'
import { notification } from '../escape.ts'
import { actions, context, header, section, type Block, type Card } from './blocks.ts'
import { curveChart, forecastLines } from './curve-chart.ts'
import { deadlineLines } from './deadline.ts'
import { fitted, prose, type Room } from './fit.ts'
import { blockIdOf, put, told, type Look, type Place } from './look.ts'
import { movedFacts, teamsLeft, unknownLines } from './moved.ts'
import { rollbackButton, statusButton } from './run-buttons.ts'
import { fromText } from './versions.ts'

/** The weeks between the switch and the retirement, in one card that is kept up to date. */
export function waitCard(facts: WaitFacts, look: Look, place: Place): Card {
  const words = wordsOf(facts, look)
  return fitted((room) => {
    const { blocks: chart, instead } = curveChart(facts, look, place, room)
    return {
      text: notification(put(look, 'waitTitle', words)),
      blocks: [
        header(put(look, 'waitTitle', words)),
        section(
          [
            put(look, 'digestCounts', words),
            ...unknownLines(facts.unknown, look),
            ...deadlineLines(facts.deadline, look),
            ...forecastLines(facts, look),
            ...teamLines(facts, look),
          ].join('\n'),
        ),
        ...chart,
        ...because(facts, look, room),
        context(put(look, 'waitContext', { at: facts.countedAt })),
        ...actions(blockIdOf(place), buttons(facts, look)),
      ],
      instead,
    }
  })
}

function buttons(facts: WaitFacts, look: Look): Button[] {
  const back = facts.rollbackOffered ? [rollbackButton(facts, look)] : []
  return [statusButton(facts.cluster, look), ...back]
}

function wordsOf({ cluster, pods, unknown, from, to }: WaitFacts, look: Look) {
  return { cluster, version: to.version, to: to.version, from: fromText(look, from), ...movedFacts(pods, unknown) }
}

function teamLines({ teams, moreTeams, unknown }: WaitFacts, look: Look): readonly string[] {
  if (teams.length === 0) return unknown ? [] : [put(look, 'digestNobody')]
  return [put(look, 'migrationTeams', { list: teamsLeft(teams, look), n: teams.length + moreTeams })]
}

function because(facts: WaitFacts, look: Look, room: Room): Block[] {
  if (!facts.because) return [section(put(look, 'waitAsked'))]
  const { what } = told(look, facts.because)
  return [section(prose(put(look, 'statusRetire', { revision: facts.revision, why: what }), '', room))]
}
