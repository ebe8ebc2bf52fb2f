import { canonicalJson, sha256 } from '../kernel/hash.ts'
import { withinWindows } from '../kernel/zone.ts'
import { nextForTeam, type TeamMessage } from '../notify/nudge.ts'
import { teamFacts } from '../notify/team-message.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Run } from '../wire/run.ts'
import type { TeamState, TeamStates } from '../wire/team-states.ts'
import { freshCensus } from './fresh-census.ts'
import { plainNotice } from './plain-notice.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

/**
 * Looks for each team with a channel whether it is to be told something: once after the switch, then about its own workloads that
 * are left. What was told is saved in the cluster after it is in the queue; a worker killed in between sends the same message
 * again, which the bot knows. One for as long as this worker leads.
 */
export function newNudges(ctx: WorkerContext): () => Promise<void> {
  let known: TeamStates | null = null
  return async () => {
    const run = await ctx.runs.current()
    const taken = freshCensus(ctx)
    if (!run || !taken || !migrationOf(run)) return
    const before = await statesOf(ctx, run, known)
    const teams = { ...before.teams }
    for (const [name, team] of Object.entries(ctx.settings.teams)) {
      const state = await lookAt(ctx, { run, taken, name, team }, teams[name])
      if (state) teams[name] = state
    }
    const after = { run: run.id, teams }
    if (canonicalJson(after) !== canonicalJson(before)) await ctx.teamStore.save(after)
    known = after
  }
}

async function statesOf(ctx: WorkerContext, run: Run, known: TeamStates | null): Promise<TeamStates> {
  const states = known ?? (await ctx.teamStore.read())
  return states?.run === run.id ? states : { run: run.id, teams: {} }
}

type Looked = { readonly run: Run; readonly taken: Taken; readonly name: string; readonly team: KnownTeam }

async function lookAt(
  ctx: WorkerContext,
  looked: Looked,
  before: TeamState | undefined,
): Promise<TeamState | undefined> {
  const { taken, name, team } = looked
  const nowMs = ctx.clocks.calendar.now()
  const old = taken.census.teams.find((one) => one.team === name)?.old ?? 0
  const { nudge, timezone } = ctx.settings
  const open = withinWindows({ allow: [nudge.window], freeze: [] }, nowMs, team.timezone ?? timezone)
  const { state, send } = nextForTeam(before, { old, open, nowMs }, nudge)
  if (send && state) await tell(ctx, looked, send, state)
  return state
}

async function tell(
  ctx: WorkerContext,
  { run, taken, name, team }: Looked,
  kind: TeamMessage,
  { nudges }: TeamState,
): Promise<void> {
  const own = taken.stragglers.filter((one) => one.team === name)
  const about = { team: name, kind, number: nudges, ...(team.contact ? { contact: team.contact } : {}) }
  const card = teamFacts(run, taken.census, own, about, ctx.settings.nudge)
  // A name for each time: who was reminded again after the thanks is thanked again.
  const message = `${run.id}.team.${sha256(name).slice(0, 8)}.${kind}.${nudges}`
  await ctx.queue.addNotice({
    ...plainNotice(ctx, run, message, card),
    channel: team.channel,
    fallbackChannel: run.channel,
    ...(team.locale ? { locale: team.locale } : {}),
    // Only who has something to do, and only where a file says who that is.
    mention: kind === 'nudge' && team.contact ? [team.contact] : [],
  })
}
