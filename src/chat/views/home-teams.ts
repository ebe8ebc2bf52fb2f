import type { Straggler, Stragglers } from '../../wire/census.ts'
import { context, section, type Block } from './blocks.ts'
import { within } from './fit.ts'
import { bullets } from './lists.ts'
import { put, type Look } from './look.ts'
import { stragglerLine, type KnownStragglers } from './stragglers.ts'

/** Somebody's teams (null is what no team owns), and every cluster's list. */
export type HomeTeams = {
  readonly own: readonly (string | null)[]
  /** How many teams the settings know. */
  readonly known: number
  /** False where Slack did not say what somebody belongs to. */
  readonly isSure: boolean
  readonly lists: readonly KnownStragglers[]
}

/** Parts of one team on one cluster; each takes two blocks. */
const PARTS = 12
const ROOM = { items: 8, chars: 600, prose: 600 }

/** What is left of somebody's own teams, or plainly why nothing can be said. */
export function homeTeams({ own, known, isSure, lists }: HomeTeams, look: Look): Block[] {
  const { command } = look
  if (own.length === 0) {
    if (!isSure) return [section(put(look, 'homeTeamUnknown'))]
    return [section(put(look, known === 0 ? 'homeNoTeams' : 'homeNoTeam', { command }))]
  }
  const counted = lists.flatMap(({ list }) => list ?? [])
  const parts = own.flatMap((team) => counted.map((list) => partOf(team, list, look)))
  const never = lists.flatMap(({ cluster, list }) => (list ? [] : [cluster]))
  const left = parts.length - PARTS
  return [
    ...parts.slice(0, PARTS).flat(),
    ...(left > 0 ? [context(put(look, 'homeTeamsMore', { n: left, command }))] : []),
    ...(never.length > 0 ? [context(put(look, 'homeTeamsNever', { clusters: never }))] : []),
    ...(isSure ? [] : [context(put(look, 'homeTeamUnknown'))]),
  ]
}

function partOf(name: string | null, list: Stragglers, look: Look): Block[] {
  const { cluster } = list
  const team = name ?? put(look, 'stragglersUnowned')
  const own = list.workloads.filter((one) => one.team === name)
  if (own.length === 0) {
    // While there are sidecars of which nothing says the revision, nobody is said to be done.
    const said = list.unknown ? 'homeTeamUnsure' : 'homeTeamDone'
    return [section(put(look, said, { team, cluster, n: list.unknown, countedAt: list.countedAt }))]
  }
  const { shown, left } = within(
    own.map((one) => stragglerLine(one, list.countedAt, look)),
    ROOM,
  )
  const more = left > 0 ? [put(look, 'stragglersMore', { n: left })] : []
  const facts = { team, cluster, old: podsOf(own), workloads: own.length }
  return [section(put(look, 'homeTeam', facts)), ...bullets([...shown, ...more], ROOM.prose)]
}

function podsOf(workloads: readonly Straggler[]): number {
  return workloads.reduce((sum, { old }) => sum + old, 0)
}
