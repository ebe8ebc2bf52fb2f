import { isoOf } from '../kernel/clock.ts'
import type { Facts } from '../kernel/errors.ts'
import { bornAt } from '../kernel/ids.ts'
import { codedOf } from '../upgrade/event.ts'
import { howItEnded } from '../upgrade/how-it-ended.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import type { Ask } from '../wire/request.ts'
import { no, noBecause, type Answer } from './answer.ts'
import type { WorkerContext } from './worker-context.ts'

type Looking = Pick<WorkerContext, 'runs' | 'store' | 'settings'>

/**
 * What became of a message that the bot has forgotten: how its upgrade ended. Nothing is said of one that goes on, whose messages are sent
 * again, nor of what is no upgrade of this cluster.
 */
export async function answerBecame(ctx: Looking, ask: Extract<Ask, { kind: 'what-became' }>): Promise<Answer> {
  const end = await endOf(ctx, ask.message, ask.alone)
  return end ? no(end) : { ok: true }
}

/** A button of an upgrade that is over, or not the one that runs, reaches no other. What is typed names none. */
export async function ofOtherRun(ctx: Looking, ask: Ask): Promise<Answer | null> {
  if (!STEERS.includes(ask.kind)) return null
  const about = aboutOf(ask)
  if (about === null) return null
  const end = await endOf(ctx, about)
  if (end) return no(end)
  const current = await ctx.runs.current()
  return isRun(about) && current && current.id !== about
    ? noBecause('RUN_IS_ANOTHER', { cluster: current.cluster })
    : null
}

const STEERS: readonly Ask['kind'][] = ['stop', 'resume', 'rollback', 'ask-again']

/** A refusal because the upgrade is over also says how it ended, where the click was on a card of it. */
export async function withEnd(ctx: Looking, ask: Ask, answer: Answer): Promise<Answer> {
  const said = answer.ok ? null : await saidWithEnd(ctx, ask, answer.said)
  return said ? no(said) : answer
}

/** What is said instead of such a refusal; null for any other. */
export async function saidWithEnd(ctx: Looking, ask: Ask, { code, facts }: Coded): Promise<Coded | null> {
  const about = OVER.includes(code) ? aboutOf(ask) : null
  const end = about === null ? null : await endOf(ctx, about)
  if (!end) return null
  return FIRST.includes(code) ? codedOf(code, { ...facts, ...end.facts, because: end.code }) : end
}

/** Who needs help is told first that there is none here, and where to go. */
const FIRST: readonly string[] = ['PLATFORM_NOT_TOLD', 'SIDECAR_NO_MIGRATION']

const OVER: readonly string[] = [
  ...FIRST,
  'NO_RUN',
  'RUN_ENDED',
  'CARD_UNKNOWN',
  'NUDGE_OUTDATED',
  'NUDGES_OUTDATED',
  'RESTART_NO_TIME',
]

/** What a click was about: its run, or its approval. */
function aboutOf(ask: Ask): string | null {
  if ('card' in ask) return ask.card.id
  if ('run' in ask && ask.run !== undefined) return ask.run
  return 'approval' in ask ? (ask.approval ?? null) : null
}

/**
 * How the upgrade of this message, approval or run ended; null where it goes on, or is none of which this cluster knows. `isOurs`: it is of
 * this cluster, though no record of it may be kept.
 */
async function endOf(ctx: Looking, about: string, isOurs = true): Promise<Coded | null> {
  const id = ID.exec(about)?.[0]
  if (id === undefined) return null
  const run = await runOf(ctx, id)
  if (run) return isOurs || isIn(run, id) ? howItEnded(run) : null
  return isOurs && isRun(id) ? codedOf('UPGRADE_RECORD_GONE', goneOf(ctx.settings.cluster, id)) : null
}

async function runOf({ runs, store }: Looking, id: string): Promise<Run | null> {
  const current = await runs.current()
  if (current?.id === id) return current
  const name = await nameOfRun(store, id)
  if (name === null) return null
  return name === current?.id ? current : ((await store.load(name))?.run ?? null)
}

/** Its own id, or that of an approval which it has not forgotten. */
function isIn(run: Run, id: string): boolean {
  return run.id === id || run.cards.some((card) => card.id === id)
}

/** The run whose id this begins with, or whose approval it is: names of messages begin so (upgrade/draft.ts). */
const ID = /^(run|ap)-[0-9a-hjkmnp-tv-z]{26}(?=$|\.)/

/** Ids begin with their time, and a cluster has one upgrade at a time: an approval is of the last one that began before it. */
async function nameOfRun(store: WorkerContext['store'], id: string): Promise<string | null> {
  const ids = await store.ids()
  if (isRun(id)) return ids.includes(id) ? id : null
  return ids.find((run) => run.slice(RUN.length) <= id.slice(APPROVAL.length)) ?? null
}

const RUN = 'run-'
const APPROVAL = 'ap-'

function isRun(id: string): boolean {
  return id.startsWith(RUN)
}

function goneOf(cluster: string, run: string): Facts {
  return { cluster, at: isoOf(bornAt(run)) }
}
