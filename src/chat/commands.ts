import type { Asker, Desk } from './asker.ts'
import { quotedIn, verbOf, versionOf } from './command-words.ts'
import { chooseLanguage } from './home-clicks.ts'
import { languageOf } from './language.ts'
import { showApprovals, showReport, showStatus, showStragglers } from './read-answers.ts'
import { extraWord, readCommand, spellOut, wrongValue, type Command } from './typed-command.ts'
import { dayOf } from './typed-day.ts'
import { clusterNames, refuseExtra, unknownCluster, unknownVerb } from './unknown-words.ts'
import type { LeftOpen } from './upgrade-draft.ts'
import { openUpgrade } from './upgrade-form.ts'
import { clusterPicker, helpCard } from './views/help.ts'
import { languageCard } from './views/language-card.ts'

/** Runs what was typed, or what a button runs for somebody: same words, same checks. */
export async function runCommand(desk: Desk, asker: Asker, text: string, trigger: string): Promise<void> {
  const left = leftOpen(desk, asker, text)
  if (left) return openUpgrade(desk, asker, trigger, left)
  const parsed = readCommand(text, clusterNames(desk))
  if (parsed.kind === 'unknown') return unknownVerb(desk, asker, parsed.typed, parsed.meant)
  if (parsed.verb === 'help') return help(desk, asker)
  if (parsed.verb === 'lang') return language(desk, asker, parsed)
  if (parsed.verb === 'approvals') return showApprovals(desk, asker)
  return parsed.verb === 'stragglers' ? stragglers(desk, asker, parsed) : onCluster(desk, asker, text, parsed)
}

/** An upgrade of which the version is not said, or the cluster where several could be meant; null for everything else. */
export function leftOpen(desk: Desk, asker: Asker, text: string): LeftOpen | null {
  const parsed = readCommand(text, clusterNames(desk))
  if (parsed.kind === 'unknown' || parsed.verb !== 'upgrade' || !isUnderstood(desk, parsed)) return null
  const { acknowledge } = parsed
  const cluster = parsed.cluster ?? onlyCluster(desk, asker)
  const to = parsed.to === undefined ? null : versionOf(parsed.to)
  return cluster === null || to === null ? { cluster, to, by: dayIn(desk, parsed), acknowledge } : null
}

function isUnderstood(desk: Desk, parsed: Command): boolean {
  const { cluster } = parsed
  const isKnown = cluster === undefined || clusterNames(desk).includes(cluster)
  return isKnown && extraWord(parsed) === null && wrongValue(parsed, nowOf(desk)) === null
}

async function onCluster(desk: Desk, asker: Asker, text: string, parsed: Command): Promise<void> {
  const refused = refusedWords(desk, asker, text, parsed)
  if (refused) return refused
  const { cluster } = parsed
  const clusters = clusterNames(desk)
  if (parsed.verb === 'report') return showReport(desk, asker, cluster ? [cluster] : clusters)
  if (parsed.verb === 'status') return showStatus(desk, asker, cluster ? [cluster] : clusters)
  const target = cluster ?? onlyCluster(desk, asker)
  if (target === null) return pick(desk, asker, text, parsed)
  return change(desk, asker, parsed, target)
}

/** The answer to words that can't be followed; null where they can. A day or version comes first: its words may look like a cluster. */
function refusedWords(desk: Desk, asker: Asker, text: string, parsed: Command): Promise<void> | null {
  const wrong = wrongValue(parsed, nowOf(desk))
  if (wrong) return desk.refuse(asker, wrong)
  const { cluster } = parsed
  if (cluster !== undefined && !clusterNames(desk).includes(cluster)) {
    return verbOf(cluster) ? refuseExtra(desk, asker, parsed, cluster) : unknownCluster(desk, asker, parsed, text)
  }
  const extra = extraWord(parsed)
  return extra === null ? null : refuseExtra(desk, asker, parsed, extra)
}

/** A cluster, or the rest of the line as the name of a team, or the word for what no team owns. A team in quotes is always a team. */
async function stragglers(desk: Desk, asker: Asker, parsed: Command): Promise<void> {
  const clusters = clusterNames(desk)
  const { rest, cluster } = parsed
  if (rest === '') return showStragglers(desk, asker, clusters, null)
  const quoted = quotedIn(rest)
  if (quoted !== null) return showStragglers(desk, asker, clusters, { team: quoted, isSure: true })
  if (cluster === undefined || !clusters.includes(cluster)) {
    return showStragglers(desk, asker, clusters, { team: rest, isSure: false })
  }
  const extra = extraWord(parsed)
  return extra === null ? showStragglers(desk, asker, [cluster], null) : refuseExtra(desk, asker, parsed, extra)
}

export async function help(desk: Desk, asker: Asker): Promise<void> {
  const { command, clusters } = desk.chat.settings
  const names = clusters.map((each) => each.name)
  await desk.say(asker, helpCard(command, names, await desk.lookOf(asker)))
}

async function language(desk: Desk, asker: Asker, parsed: Command): Promise<void> {
  const { rest } = parsed
  const chosen = languageOf(rest)
  if (rest !== '' && chosen === null) return refuseExtra(desk, asker, parsed, rest)
  if (chosen !== null) await chooseLanguage(desk, asker.user, chosen)
  const { languages } = desk.chat
  await desk.say(asker, languageCard((await languages.of(asker.user)) === 'auto', await desk.lookOf(asker)))
}

async function change(desk: Desk, asker: Asker, parsed: Command, cluster: string): Promise<void> {
  if (parsed.verb === 'stop' || parsed.verb === 'resume') return desk.ask(asker, cluster, { kind: parsed.verb })
  if (parsed.verb === 'rollback') return desk.ask(asker, cluster, { kind: 'rollback' })
  const to = parsed.to === undefined ? null : versionOf(parsed.to)
  const by = dayIn(desk, parsed)
  await desk.ask(asker, cluster, {
    kind: 'upgrade',
    ...(to ? { to } : {}),
    ...(by === null ? {} : { by }),
    ...(parsed.acknowledge.length > 0 ? { acknowledge: [...parsed.acknowledge] } : {}),
  })
}

/** The only cluster, or the only one whose channel this is; null means: ask which. */
function onlyCluster(desk: Desk, asker: Asker): string | null {
  const { clusters } = desk.chat.settings
  const [only] = clusters
  if (clusters.length === 1 && only) return only.name
  const here = clusters.filter((each) => each.channel === asker.channel)
  return here.length === 1 && here[0] ? here[0].name : null
}

async function pick(desk: Desk, asker: Asker, text: string, parsed: Command): Promise<void> {
  const { command } = desk.chat.settings
  const textFor = (cluster: string): string => spellOut(parsed, cluster, text)
  await desk.say(asker, clusterPicker(command, clusterNames(desk), textFor, await desk.lookOf(asker)))
}

function dayIn(desk: Desk, { by }: Command): string | null {
  return by === undefined ? null : dayOf(by, nowOf(desk))
}

function nowOf({ chat }: Desk): number {
  return chat.clocks.calendar.now()
}
