import type { DigestFacts } from '../../wire/card-facts.ts'
import { notification } from '../escape.ts'
import { actions, context, header, section, type Block, type Card } from './blocks.ts'
import { deadlineLines } from './deadline.ts'
import { fitted, within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { blockIdOf, put, type Look, type Place } from './look.ts'
import { percentMoved } from './moved.ts'
import { statusButton } from './run-buttons.ts'
import { stragglerLine } from './stragglers.ts'
import { fromText } from './versions.ts'

/** The nightly digest: how far, since the last one, and who is left, worst first. It mentions nobody. */
export function digestCard(facts: DigestFacts, look: Look, place: Place): Card {
  return fitted((room) => ({
    text: notification(put(look, 'digestText', wordsOf(facts, look))),
    blocks: [
      header(put(look, 'digestTitle', wordsOf(facts, look))),
      section(headline(facts, look)),
      ...facts.teams.slice(0, room.items + 1).flatMap((team) => teamBlocks(team, facts.countedAt, look, room)),
      context(footer(facts, look, room)),
      ...actions(blockIdOf(place), [statusButton(facts.cluster, look)]),
    ],
  }))
}

function wordsOf({ cluster, pods, to, day }: DigestFacts, look: Look) {
  return { cluster, day, version: to.version, percent: percentMoved(pods), old: pods.old, name: look.locale }
}

function headline(facts: DigestFacts, look: Look): string {
  const { pods, before, from, to, teams, moreTeams, deadline } = facts
  const counts = { new: pods.new, all: pods.old + pods.new, old: pods.old, from: fromText(look, from), to: to.version }
  const lines = [
    put(look, 'digestCounts', { ...counts, ...(pods.other > 0 ? { other: pods.other } : {}) }),
    ...deadlineLines(deadline, look),
    ...(before ? [put(look, 'digestSince', { n: before.old - pods.old, day: before.day })] : []),
    ...(facts.late ? [put(look, 'digestLate', { day: facts.day })] : []),
    teams.length === 0 ? put(look, 'digestNobody') : put(look, 'digestTeams', { n: teams.length + moreTeams }),
  ]
  return lines.join('\n')
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

function footer({ teams, moreTeams, countedAt }: DigestFacts, look: Look, room: Room): string {
  const left = moreTeams + Math.max(0, teams.length - (room.items + 1))
  return put(look, 'stragglersContext', { countedAt, ...(left > 0 ? { left } : {}) })
}
