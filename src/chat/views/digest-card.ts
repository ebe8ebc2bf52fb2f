import type { DigestFacts } from '../../wire/card-facts.ts'
import { notification } from '../escape.ts'
import { actions, context, header, section, type Block, type Card } from './blocks.ts'
import { curveChart, forecastLines } from './curve-chart.ts'
import { deadlineLines } from './deadline.ts'
import { fitted, within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { blockIdOf, put, type Look, type Place } from './look.ts'
import { heldLines, movedFacts, percentMoved, pinnedLines, unknownLines } from './moved.ts'
import { statusButton } from './run-buttons.ts'
import { sinceLine } from './since.ts'
import { stragglerLine } from './stragglers.ts'
import { fromText } from './versions.ts'

/** The nightly digest: how far, since the last one, and who is left, worst first. It mentions nobody. */
export function digestCard(facts: DigestFacts, look: Look, place: Place): Card {
  return fitted((room) => {
    const { blocks: chart, instead } = curveChart(facts, look, place, room)
    return {
      text: notification(put(look, 'digestText', wordsOf(facts, look))),
      blocks: [
        header(put(look, 'digestTitle', wordsOf(facts, look))),
        section(headline(facts, look)),
        ...chart,
        ...drawn(facts, room).flatMap((team) => teamBlocks(team, facts.countedAt, look, room)),
        context(footer(facts, look, room)),
        ...actions(blockIdOf(place), [statusButton(facts.cluster, look)]),
      ],
      instead,
    }
  })
}

function wordsOf({ cluster, pods, unknown, to, day }: DigestFacts, look: Look) {
  return { cluster, day, version: to.version, percent: percentMoved(pods, unknown), old: pods.old, name: look.locale }
}

function headline(facts: DigestFacts, look: Look): string {
  const { pods, unknown, before, from, to, deadline } = facts
  const lines = [
    put(look, 'digestCounts', { ...movedFacts(pods, unknown), from: fromText(look, from), to: to.version }),
    ...unknownLines(unknown, look),
    ...deadlineLines(deadline, look),
    ...forecastLines(facts, look),
    ...(before ? [sinceLine(before, pods, look)] : []),
    ...(facts.late ? [put(look, facts.uncounted ? 'digestLateUncounted' : 'digestLate', { day: facts.day })] : []),
    ...leftLines(facts, look),
    ...heldLines(facts.held, look),
    ...pinnedLines(facts.pinned, look),
  ]
  return lines.join('\n')
}

/** Nobody is left only where every sidecar is known. */
function leftLines({ teams, moreTeams, unknown }: DigestFacts, look: Look): readonly string[] {
  if (teams.length > 0) return [put(look, 'digestTeams', { n: teams.length + moreTeams })]
  return unknown ? [] : [put(look, 'digestNobody')]
}

/** At least the worst team, as many more as there is room for, and always what no team owns: nobody else is told of it. */
function drawn({ teams }: DigestFacts, room: Room): DigestFacts['teams'] {
  const unowned = teams.filter(({ team }) => team === null)
  const named = teams.filter(({ team }) => team !== null)
  return [...named.slice(0, Math.max(1, room.items + 1 - unowned.length)), ...unowned]
}

function teamBlocks(team: DigestFacts['teams'][number], countedAt: string, look: Look, room: Room): Block[] {
  const { shown, left } = within(
    team.workloads.map((one) => stragglerLine(one, countedAt, look)),
    { ...room, chars: room.prose },
  )
  const more = left + team.more
  const name = team.team ?? put(look, 'stragglersUnowned')
  return [
    section(put(look, 'stragglersTeam', { team: name, old: team.old, workloads: team.workloads.length + team.more })),
    ...bullets([...shown, ...(more > 0 ? [put(look, 'stragglersMore', { n: more })] : [])], room.prose),
  ]
}

function footer(facts: DigestFacts, look: Look, room: Room): string {
  const left = facts.moreTeams + facts.teams.length - drawn(facts, room).length
  return put(look, 'stragglersContext', { countedAt: facts.countedAt, ...(left > 0 ? { left } : {}) })
}
