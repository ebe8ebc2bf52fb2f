import { isoOf } from '../kernel/clock.ts'
import { hashOf } from '../kernel/hash.ts'
import { inOrder, overFacts, previewFacts, type WouldHear } from '../notify/preview.ts'
import { oldIn } from '../notify/old-pods.ts'
import { ownWorkloads } from '../notify/team-message.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { PreviewFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import { type Preview, type TeamStates, UNOWNED } from '../wire/team-states.ts'
import { plainNotice } from './plain-notice.ts'
import { type Looked, teamCardFacts, wayTo } from './send-team-card.ts'
import type { Heard } from './team-keeper.ts'
import type { WorkerContext } from './worker-context.ts'

/** So often the preview is edited where only numbers change; nobody is notified of an edit. */
const EDIT_MS = 3_600_000

/** Stands for what is shown by a card of an upgrade that went another way. */
const OVER = 'over'

/** A run's first nudges wait for somebody who has read what they say. Where some have left already (older records) none is held. */
export function areHeld({ teams, preview }: Heard): boolean {
  return preview?.sent === undefined && !Object.values(teams).some(({ nudges }) => nudges > 0)
}

/** How many teams would be reminded, if somebody let the first reminders leave; 0 where nothing is held. */
export function heldTeams(heard: Heard): number {
  return areHeld(heard) ? (heard.preview?.teams ?? 0) : 0
}

/** Posts the preview when the first nudge is due, and keeps it up to date until somebody sends them. What is saved of it. */
export async function keepPreview(
  ctx: WorkerContext,
  looked: readonly Looked[],
  heard: Heard,
  isDue: boolean,
): Promise<Preview | undefined> {
  const { preview: before } = heard
  const [first] = looked
  if (!first || (!before && !isDue)) return before
  const hear = whoWouldHear(looked, heard)
  const shown = hashOf(1, hear)
  const nowMs = ctx.clocks.calendar.now()
  if (before && !heard.owed && isShown(before, { shown, teams: hear.length, nowMs })) return before
  const next = { revision: (before?.revision ?? 0) + 1, shown, shownAtMs: nowMs, teams: hear.length }
  await sendPreview(ctx, looked, heard, next)
  return next
}

/** Says anew who let them leave, where that is owed. What is saved of the preview stays as it is. */
export async function repeatSent(
  ctx: WorkerContext,
  looked: readonly Looked[],
  heard: Heard,
): Promise<Preview | undefined> {
  const { preview, owed } = heard
  if (owed && preview?.sent) await sendPreview(ctx, looked, heard, preview)
  return preview
}

function isShown(before: Preview, now: { readonly shown: string; readonly teams: number; readonly nowMs: number }) {
  if (before.shown === now.shown) return true
  return before.teams > 0 === now.teams > 0 && now.nowMs - before.shownAtMs < EDIT_MS
}

/**
 * The upgrade went another way, or is over, before anybody sent its first reminders: the card says so, and has no button any more.
 * Before another way is looked at, since the record is then begun anew.
 */
export async function closePreview(ctx: WorkerContext, current: Run | null): Promise<void> {
  await ctx.teams.amend(async (states) => {
    if (!states?.preview || isStillWanted(states, current)) return states
    const { preview, run: id, to } = states
    const revision = preview.revision + 1
    const run = current?.id === id ? current : await ctx.store.lastEnded()
    if (run?.id === id) await postOver(ctx, run, to ?? run.plan.to.revision, revision)
    return { ...states, preview: { ...preview, revision, shown: OVER, teams: 0 } }
  })
}

function isStillWanted(states: TeamStates, current: Run | null): boolean {
  if (states.preview?.shown === OVER || !areHeld(states)) return true
  return current?.id === states.run && migrationOf(current)?.to === states.to
}

async function postOver(ctx: WorkerContext, run: Run, to: string, revision: number): Promise<void> {
  await post(ctx, run, to, revision, overFacts(run, to, isoOf(ctx.clocks.calendar.now())))
}

/** The message in its present state. */
async function sendPreview(
  ctx: WorkerContext,
  looked: readonly Looked[],
  heard: Heard,
  { revision, sent }: Preview,
): Promise<void> {
  const [first] = looked
  if (!first) return
  const { run, taken } = first
  const hear = whoWouldHear(looked, heard)
  const about = {
    ...sampleOf(ctx, looked, heard, hear),
    ...(sent ? { sentBy: { user: sent.user, at: isoOf(sent.atMs) } } : {}),
  }
  await post(ctx, run, taken.census.migration.to, revision, previewFacts(run, taken.census, hear, about))
}

/** Each way has a message of its own. */
async function post(ctx: WorkerContext, run: Run, to: string, revision: number, card: PreviewFacts): Promise<void> {
  const message = `${run.id}.nudges${wayTo(run, to)}`
  const posted = (await ctx.store.messages())[message]
  await ctx.queue.addNotice({
    ...plainNotice(ctx, run, message, card),
    id: `${message}.${revision}`,
    revision,
    ...(posted ? { posted } : {}),
    mention: [run.requestedBy.user],
  })
}

function whoWouldHear(looked: readonly Looked[], { teams }: Heard): WouldHear[] {
  return inOrder(
    looked.flatMap(({ name, team, taken }) => {
      const state = teams[name ?? UNOWNED]
      if (!state) return []
      const { own } = ownWorkloads(taken.stragglers, name, state)
      return [{ team: name, channel: team.channel, old: oldIn(own), workloads: own.length }]
    }),
  )
}

/** What the first of them would read. */
function sampleOf(
  ctx: WorkerContext,
  looked: readonly Looked[],
  { teams }: Heard,
  [first]: readonly WouldHear[],
): Pick<PreviewFacts, 'sample'> {
  const one = first && looked.find(({ name }) => name === first.team)
  const state = one && teams[one.name ?? UNOWNED]
  return state ? { sample: teamCardFacts(ctx, one, 'nudge', { ...state, nudges: 1 }) } : {}
}
