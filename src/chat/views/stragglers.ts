import { epochOf } from '../../kernel/clock.ts'
import type { Straggler, Stragglers } from '../../wire/census.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { notification, tame } from '../escape.ts'
import { context, section, type Block, type Card } from './blocks.ts'
import { fits, fitted, within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { inARow, put, told, type Look } from './look.ts'
import { pinnedLines, unknownLines } from './moved.ts'

/** One cluster's list as the worker wrote it; null where nothing was ever counted. */
export type KnownStragglers = { readonly cluster: string; readonly list: Stragglers | null }

/** Of whom: a team, or null for what no team owns. */
type Whose = { readonly team: string | null }

/** More teams than this are never drawn in one answer; their workloads are asked for by the team's name. */
const TEAMS = 12
const CLUSTERS = 12
const DAY_MS = 86_400_000

/** The answer to `stragglers`: by team, worst first, which workloads still run an old sidecar, why, and what moves them. */
export function stragglersCard(known: readonly KnownStragglers[], whose: Whose | null, look: Look): Card {
  const wanted = known.map(({ cluster, list }) => ({
    cluster,
    list: list && (whose === null ? list : onlyOf(list, whose)),
  }))
  for (let shown = Math.min(CLUSTERS, wanted.length); ; shown -= 1) {
    const card = fitted((room) => cardOf(wanted, shown, whose, look, room))
    if (shown <= 1 || fits(card)) return card
  }
}

function cardOf(all: readonly KnownStragglers[], count: number, whose: Whose | null, look: Look, room: Room): Card {
  const shown = all.slice(0, count)
  const left = all.length - count
  return {
    text: notification(shown.map((one) => titleOf(one, whose, look)).join(' ')),
    blocks: [
      ...shown.flatMap((one) => blocksOf(one, whose, look, room)),
      ...(left > 0 ? [context(put(look, 'statusMore', { n: left }))] : []),
    ],
  }
}

/** Every team that has something left. */
export function teamsIn(known: readonly KnownStragglers[]): readonly string[] {
  return [...new Set(known.flatMap(({ list }) => (list?.workloads ?? []).flatMap((one) => one.team ?? [])))]
}

/** Whose pods are left in a namespace, each once; null for what no team owns. Nothing is left in one that is not known. */
export function ownersIn(known: readonly KnownStragglers[], namespace: string): readonly (string | null)[] {
  const left = known.flatMap(({ list }) => list?.workloads ?? [])
  return [...new Set(left.filter((one) => one.namespace === namespace.toLowerCase()).map(({ team }) => team))]
}

function onlyOf(list: Stragglers, { team }: Whose): Stragglers {
  return { ...list, workloads: list.workloads.filter((one) => one.team === team) }
}

function nameOf(team: string | null, look: Look): string {
  return team ?? put(look, 'stragglersUnowned')
}

function titleOf({ cluster, list }: KnownStragglers, whose: Whose | null, look: Look): string {
  if (!list) return put(look, 'stragglersNever', { cluster })
  const old = podsOf(list.workloads)
  if (old === 0 && whose === null) return put(look, list.unknown ? 'stragglersUnsure' : 'stragglersNone', { cluster })
  if (old === 0)
    return put(look, list.unknown ? 'stragglersTeamUnsure' : 'stragglersTeamDone', {
      cluster,
      team: nameOf(whose?.team ?? null, look),
    })
  return put(look, 'stragglersTitle', { cluster, old, workloads: list.workloads.length })
}

function blocksOf(known: KnownStragglers, whose: Whose | null, look: Look, room: Room): Block[] {
  const title = section(`*${tame(titleOf(known, whose, look))}*`)
  if (!known.list) return [title]
  const { unknown, pinned } = known.list
  const notes = [...unknownLines(unknown, look), ...pinnedLines(pinned, look)]
  const { countedAt } = known.list
  const byTeam = [...Map.groupBy(known.list.workloads, (one) => one.team)]
  const left = byTeam.length - TEAMS
  return [
    title,
    ...(notes.length > 0 ? [section(notes.join('\n'))] : []),
    ...byTeam.slice(0, TEAMS).flatMap(([name, workloads]) => teamBlocks(name, workloads, countedAt, look, room)),
    context(put(look, 'stragglersContext', { countedAt, ...(left > 0 ? { left } : {}) })),
  ]
}

function teamBlocks(
  team: string | null,
  workloads: readonly Straggler[],
  countedAt: string,
  look: Look,
  room: Room,
): Block[] {
  const name = nameOf(team, look)
  const { shown, left } = within(
    workloads.map((one) => stragglerLine(one, countedAt, look)),
    { ...room, chars: room.prose },
  )
  const more = left > 0 ? [put(look, 'stragglersMore', { n: left })] : []
  return [
    section(put(look, 'stragglersTeam', { team: name, old: podsOf(workloads), workloads: workloads.length })),
    ...bullets([...shown, ...more], room.prose),
  ]
}

/** One workload, why it is left and what moves it. In a bullet nothing is parsed, so its name needs no taming. */
export function stragglerLine(straggler: Straggler, countedAt: string, look: Look): string {
  const { kind, namespace, name, old, pods, newestPodAt, redeployedAt, cause } = straggler
  const { what, next } = told(look, cause)
  const days = Math.max(0, Math.floor((epochOf(countedAt) - epochOf(redeployedAt ?? newestPodAt)) / DAY_MS))
  const line = put(look, lineKey(redeployedAt !== undefined, days), {
    kind,
    namespace,
    name,
    old,
    pods,
    days,
  })
  return inARow(look, [line, what, next])
}

function lineKey(wasRedeployed: boolean, days: number): PhraseKey {
  if (days === 0) return wasRedeployed ? 'stragglersLineToday' : 'stragglersPodLineToday'
  return wasRedeployed ? 'stragglersLine' : 'stragglersPodLine'
}

function podsOf(workloads: readonly Straggler[]): number {
  return workloads.reduce((sum, { old }) => sum + old, 0)
}
