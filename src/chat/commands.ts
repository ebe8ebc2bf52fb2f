import { isDay } from '../kernel/windows.ts'
import { refusal, type Asker, type Desk } from './asker.ts'
import { nearest, parseCommand, quotedIn, versionOf, type Parsed, type Verb } from './command-words.ts'
import { chooseLanguage } from './home-clicks.ts'
import { languageOf } from './language.ts'
import { showApprovals, showReport, showStatus, showStragglers } from './read-answers.ts'
import type { LeftOpen } from './upgrade-draft.ts'
import { openUpgrade } from './upgrade-form.ts'
import { clusterPicker, didYouMeanCard, helpCard } from './views/help.ts'
import { languageCard } from './views/language-card.ts'

type Command = Extract<Parsed, { kind: 'command' }>

/** Runs what was typed, or what a button runs for somebody: same words, same checks. */
export async function runCommand(desk: Desk, asker: Asker, text: string, trigger: string): Promise<void> {
  const left = leftOpen(desk, asker, text)
  if (left) return openUpgrade(desk, asker, trigger, left)
  const parsed = parseCommand(text)
  if (parsed.kind === 'unknown') return guess(desk, asker, parsed.typed, parsed.meant)
  if (parsed.verb === 'help') return help(desk, asker)
  if (parsed.verb === 'lang') return language(desk, asker, parsed.rest)
  if (parsed.verb === 'approvals') return showApprovals(desk, asker)
  return parsed.verb === 'stragglers' ? stragglers(desk, asker, parsed) : onCluster(desk, asker, text, parsed)
}

/** An upgrade of which the version is not said, or the cluster where several could be meant; null for everything else. */
export function leftOpen(desk: Desk, asker: Asker, text: string): LeftOpen | null {
  const parsed = upgradeIn(text)
  if (!parsed || (parsed.cluster !== undefined && !isCluster(desk, parsed.cluster))) return null
  const { acknowledge, by = null } = parsed
  const cluster = parsed.cluster ?? onlyCluster(desk, asker)
  const to = parsed.to === undefined ? null : versionOf(parsed.to)
  return cluster === null || to === null ? { cluster, to, by, acknowledge } : null
}

/** What was typed, where it asks for an upgrade in words that can be understood. */
function upgradeIn(text: string): Command | null {
  const parsed = parseCommand(text)
  return parsed.kind === 'command' && parsed.verb === 'upgrade' && !troubleWith(parsed) ? parsed : null
}

function isCluster({ chat }: Desk, typed: string): boolean {
  return chat.settings.clusters.some(({ name }) => name === typed)
}

async function onCluster(desk: Desk, asker: Asker, text: string, parsed: Command): Promise<void> {
  const { cluster } = parsed
  const clusters = desk.chat.settings.clusters.map((each) => each.name)
  if (cluster !== undefined && !clusters.includes(cluster)) return unknownCluster(desk, asker, parsed, text, clusters)
  const trouble = troubleWith(parsed)
  if (trouble) return desk.refuse(asker, trouble)
  if (parsed.verb === 'report') return showReport(desk, asker, cluster ? [cluster] : clusters)
  if (parsed.verb === 'status') return showStatus(desk, asker, cluster ? [cluster] : clusters)
  const target = cluster ?? onlyCluster(desk, asker)
  if (target === null) return pick(desk, asker, text, clusters)
  return change(desk, asker, parsed, target)
}

/** A cluster, or the rest of the line as the name of a team, or the word for what no team owns. A team in quotes is always a team. */
async function stragglers(desk: Desk, asker: Asker, parsed: Command): Promise<void> {
  const clusters = desk.chat.settings.clusters.map((each) => each.name)
  const { rest, cluster } = parsed
  if (rest === '') return showStragglers(desk, asker, clusters, null)
  const quoted = quotedIn(rest)
  if (quoted !== null) return showStragglers(desk, asker, clusters, { team: quoted, isSure: true })
  if (cluster === undefined || !clusters.includes(cluster)) {
    return showStragglers(desk, asker, clusters, { team: rest, isSure: false })
  }
  const trouble = troubleWith(parsed)
  return trouble ? desk.refuse(asker, trouble) : showStragglers(desk, asker, [cluster], null)
}

export async function help(desk: Desk, asker: Asker): Promise<void> {
  const { command, clusters } = desk.chat.settings
  const names = clusters.map((each) => each.name)
  await desk.say(asker, helpCard(command, names, await desk.lookOf(asker)))
}

async function language(desk: Desk, asker: Asker, rest: string): Promise<void> {
  const chosen = languageOf(rest)
  if (rest !== '' && chosen === null) {
    return desk.refuse(
      asker,
      refusal('COMMAND_EXTRA_WORDS', { typed: rest.slice(0, 60), verb: 'lang', usage: USAGE.lang }),
    )
  }
  if (chosen !== null) await chooseLanguage(desk, asker.user, chosen)
  const { languages } = desk.chat
  await desk.say(asker, languageCard((await languages.of(asker.user)) === 'auto', await desk.lookOf(asker)))
}

async function change(desk: Desk, asker: Asker, parsed: Command, cluster: string): Promise<void> {
  if (parsed.verb === 'stop' || parsed.verb === 'resume') return desk.ask(asker, cluster, { kind: parsed.verb })
  if (parsed.verb === 'rollback') return desk.ask(asker, cluster, { kind: 'rollback' })
  const to = parsed.to === undefined ? null : versionOf(parsed.to)
  await desk.ask(asker, cluster, {
    kind: 'upgrade',
    ...(to ? { to } : {}),
    ...(parsed.by === undefined ? {} : { by: parsed.by }),
    ...(parsed.acknowledge.length > 0 ? { acknowledge: [...parsed.acknowledge] } : {}),
  })
}

const USAGE: Readonly<Record<Verb, string>> = {
  upgrade: 'upgrade [CLUSTER] [to VERSION] [by DATE]',
  status: 'status [CLUSTER]',
  stragglers: 'stragglers [TEAM, unowned or CLUSTER]',
  approvals: 'approvals',
  report: 'report [CLUSTER]',
  stop: 'stop [CLUSTER]',
  resume: 'resume [CLUSTER]',
  rollback: 'rollback [CLUSTER]',
  lang: 'lang [en, zh or auto]',
  help: 'help',
}

/** What is wrong with the words, before anything is sent. */
function troubleWith(parsed: Command): ReturnType<typeof refusal> | null {
  const version = parsed.verb === 'upgrade' ? [] : [parsed.to, parsed.by].filter((word) => word !== undefined)
  const [extra] = [...parsed.extra, ...version]
  if (extra) return refusal('COMMAND_EXTRA_WORDS', { typed: extra, verb: parsed.verb, usage: USAGE[parsed.verb] })
  if (parsed.by !== undefined && !isDay(parsed.by)) return refusal('DAY_WORD_INVALID', { typed: parsed.by })
  if (parsed.to !== undefined && !versionOf(parsed.to)) return refusal('VERSION_WORD_INVALID', { typed: parsed.to })
  return null
}

async function guess(desk: Desk, asker: Asker, typed: string, meant: string | null): Promise<void> {
  const { command } = desk.chat.settings
  await desk.say(asker, didYouMeanCard(command, typed.slice(0, 60), meant, await desk.lookOf(asker)))
}

async function unknownCluster(
  desk: Desk,
  asker: Asker,
  parsed: Command,
  text: string,
  clusters: readonly string[],
): Promise<void> {
  const typed = parsed.cluster ?? ''
  const near = nearest(typed.toLowerCase(), clusters)
  if (near) return guess(desk, asker, typed, withCluster(text, typed, near))
  await desk.refuse(asker, refusal('CLUSTER_UNKNOWN', { typed: typed.slice(0, 60), clusters }))
}

/** The typed words with another cluster: the verb, which may hold the same letters, stays. */
function withCluster(text: string, typed: string, near: string): string {
  const [verb = '', ...rest] = text.trim().split(/\s+/)
  return [verb, ...rest.map((word) => (word === typed ? near : word))].join(' ')
}

/** The only cluster, or the only one whose channel this is; null means: ask which. */
function onlyCluster(desk: Desk, asker: Asker): string | null {
  const { clusters } = desk.chat.settings
  const [only] = clusters
  if (clusters.length === 1 && only) return only.name
  const here = clusters.filter((each) => each.channel === asker.channel)
  return here.length === 1 && here[0] ? here[0].name : null
}

async function pick(desk: Desk, asker: Asker, text: string, clusters: readonly string[]): Promise<void> {
  const { command } = desk.chat.settings
  const [verb, ...rest] = text.trim().split(/\s+/)
  const textFor = (cluster: string): string => [verb, cluster, ...rest].join(' ')
  await desk.say(asker, clusterPicker(command, clusters, textFor, await desk.lookOf(asker)))
}
