import type { Asker, Desk } from './asker.ts'
import { refusal } from './asker.ts'
import { isHold } from './command-words.ts'
import { tame } from './escape.ts'
import { knownName, nearNames } from './typed-name.ts'
import { extraWord, readCommand, spellOut, USAGE, wrongValue, type Command } from './typed-command.ts'
import { didYouMeanCard, insteadCard } from './views/help.ts'
import { put } from './views/look.ts'
import { ownersIn, type KnownStragglers } from './views/stragglers.ts'

/** So many clusters are offered as buttons; more are named alone. */
const OFFERED = 5
const TYPED = 60

/** A first word that is no command: what may have been meant is offered with what that command takes of the rest. */
export async function unknownVerb(desk: Desk, asker: Asker, typed: string, meant: string | null): Promise<void> {
  if (isHold(typed)) return desk.refuse(asker, refusal('COMMAND_NO_HOLD', { typed }))
  const { command } = desk.chat.settings
  const offered = meant === null ? null : sensible(desk, meant)
  await desk.say(asker, didYouMeanCard(command, typed.slice(0, TYPED), offered, await desk.lookOf(asker)))
}

/** A guess never holds words that its command would refuse. */
function sensible(desk: Desk, meant: string): string {
  const names = clusterNames(desk)
  const parsed = readCommand(meant, names)
  if (parsed.kind === 'unknown' || parsed.verb === 'stragglers' || parsed.verb === 'lang') return meant
  const [cluster = null] = meantClusters(parsed, names)
  const wrong = extraWord(parsed) ?? wrongValue(parsed, desk.chat.clocks.calendar.now())
  if (wrong === null && cluster === (parsed.cluster ?? null)) return meant
  return spellOut({ verb: parsed.verb, acknowledge: [] }, cluster, meant)
}

/** The cluster that is named; where another word stands for one, those that are named elsewhere in the line, else the nearest. */
function meantClusters({ cluster = '', extra }: Command, clusters: readonly string[]): readonly string[] {
  const named = [cluster, ...extra].flatMap((word) => knownName(word, clusters) ?? [])
  return named.length > 0 ? named : nearNames(cluster, clusters)
}

/** A word that the command does not take, with how the command is written. */
export async function refuseExtra(desk: Desk, asker: Asker, { verb }: Command, typed: string): Promise<void> {
  const usage = put(await desk.lookOf(asker), USAGE[verb])
  const [word = verb] = usage.split(' ')
  await desk.refuse(asker, refusal('COMMAND_EXTRA_WORDS', { typed: typed.slice(0, TYPED), verb: word, usage }))
}

/** A cluster that nobody knows: those that are known are named, and a few are offered with the same command. */
export async function unknownCluster(desk: Desk, asker: Asker, parsed: Command, text: string): Promise<void> {
  const clusters = clusterNames(desk)
  const typed = (parsed.cluster ?? '').slice(0, TYPED)
  const near = meantClusters(parsed, clusters)
  const offered = near.length > 0 ? near : clusters.length <= OFFERED ? clusters : []
  await desk.say(
    asker,
    insteadCard(
      desk.chat.settings.command,
      refusal('CLUSTER_UNKNOWN', { typed, clusters }),
      offered.map((cluster) => spellOut(parsed, cluster, text)),
      await desk.lookOf(asker),
    ),
  )
}

/** Neither a team nor a cluster: what nobody knows is never told to be safe. A namespace leads to whom its pods belong. */
export async function unknownTeam(
  desk: Desk,
  asker: Asker,
  typed: string,
  known: readonly KnownStragglers[],
  teams: readonly string[],
): Promise<void> {
  const look = await desk.lookOf(asker)
  const owners = ownersIn(known, typed)
  const named = (team: string | null): string => tame((team ?? put(look, 'stragglersUnowned')).slice(0, TYPED))
  const short = typed.slice(0, TYPED)
  const clusters = clusterNames(desk)
  const why =
    owners.length > 0
      ? refusal('NAMESPACE_IS_NO_TEAM', { typed: short, owners: owners.map(named) })
      : refusal('TEAM_OR_CLUSTER_UNKNOWN', { typed: short, clusters, teams: teams.map(named) })
  const near = owners.length > 0 ? owners.map((team) => team ?? 'unowned') : nearNames(typed, [...teams, ...clusters])
  const meant = near
    .filter((name) => name.length <= TYPED)
    .slice(0, OFFERED)
    .map((name) => `stragglers ${name}`)
  await desk.say(asker, insteadCard(desk.chat.settings.command, why, meant, look))
}

/** The clusters that the settings know. */
export function clusterNames({ chat }: Desk): readonly string[] {
  return chat.settings.clusters.map(({ name }) => name)
}
