import { hashOf, sha256 } from '../kernel/hash.ts'
import { controlPlaneFor } from '../istio/control-planes.ts'
import type { FingerprintFields } from '../istio/fingerprint-fields.ts'
import { fingerprintFields } from '../istio/fingerprint-fields.ts'
import { installFlipsDefault } from '../istio/install-flip.ts'
import type { Mesh } from '../istio/mesh.ts'
import { unsupportedHere } from '../istio/refusals.ts'
import { unreadInjection } from '../istio/unread.ts'
import { CodedError } from '../kernel/errors.ts'
import type { Standing } from '../upgrade/event.ts'
import { codedOf } from '../upgrade/event.ts'
import { remakePlan } from '../upgrade/remake-plan.ts'
import type { Coded } from '../wire/facts.ts'
import type { PhaseName } from '../wire/names.ts'
import type { Run } from '../wire/run.ts'
import { phaseCommands } from './phase-commands.ts'
import { reachByCensus, reachOf } from './reach-of.ts'
import { retireGates } from './retire-gates.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * How the cluster stands for one phase of a run, from a fresh read: fingerprint and closed gates. What tenants made since the
 * plan (a gateway, a namespace's first pods that ask for injection) closes a gate or makes a new plan, too. It is asked at every
 * click, so pods and nodes may be as old as `readStanding` says. Throws MESH_PART_UNREADABLE {part, reason} where a part of it can't be read: what is
 * missing then has not changed, so it must not void a card.
 */
export async function standingOf(ctx: WorkerContext, run: Run, phase: PhaseName): Promise<Standing> {
  return standingIn(ctx, run, phase, await meshNow(ctx))
}

async function meshNow(ctx: WorkerContext): Promise<Mesh> {
  const mesh = await ctx.cluster.readStanding()
  ctx.keepMesh(mesh)
  const unread = unreadInjection(mesh)
  if (unread) throw new CodedError('MESH_PART_UNREADABLE', { ...unread })
  return mesh
}

async function standingIn(ctx: WorkerContext, run: Run, phase: PhaseName, mesh: Mesh): Promise<Standing> {
  const fields = await fieldsOf(ctx, mesh)
  const standing = isRetiring(phase) ? standingToRetire : standingToMove
  return standing(ctx, run, phase, mesh, fields)
}

/** Until new pods get NEW the plan of the switch is held against the cluster. */
async function standingToMove(
  ctx: WorkerContext,
  run: Run,
  phase: PhaseName,
  mesh: Mesh,
  fields: Record<string, string>,
): Promise<Standing> {
  const refusals = refusalsOf(run, mesh)
  const now = ctx.clocks.calendar.now()
  // A mesh that is refused by name is no ground for a plan.
  const remade = refusals.length > 0 ? null : remakePlan(run, mesh, now)
  const timing = ctx.settings.timing(now)
  return {
    phase,
    fingerprint: hashOf(1, fields),
    fields,
    checks: checksOf(run, phase, mesh),
    blocked: [
      ...refusals,
      ...(remade?.kind === 'unsafe' ? [remade.because] : []),
      ...phaseGates(remade?.kind === 'changed' ? { ...run, plan: remade.plan } : run, phase, mesh),
      ...(await ctx.phaseProbes.check()),
      ...(timing ? [timing] : []),
    ],
    commands: [],
    undoCommands: [],
    ...(remade?.kind === 'changed' ? { remade } : {}),
  }
}

/** Once new pods get NEW the plan of the switch is history; what counts is that nobody needs OLD any more. */
async function standingToRetire(
  ctx: WorkerContext,
  run: Run,
  phase: PhaseName,
  mesh: Mesh,
  fields: Record<string, string>,
): Promise<Standing> {
  const timing = ctx.settings.timing(ctx.clocks.calendar.now())
  const quiet = run.conditions.filter(({ type, status }) => type === 'OldUnused' && status === 'True')
  return {
    phase,
    fingerprint: hashOf(1, fields),
    fields,
    checks: [
      ...quiet.map(({ reason, facts, since }) => codedOf(reason, { from: facts['from'], since })),
      ...checksOf(run, phase, mesh),
    ],
    blocked: [
      ...(await retireGates(ctx, run, mesh)),
      ...alarmGate(run),
      ...(await ctx.phaseProbes.check()),
      ...(timing ? [timing] : []),
    ],
    commands: [],
    undoCommands: [],
  }
}

/** The same with the exact commands and whom it concerns: for a new card. */
export async function standingForCard(ctx: WorkerContext, run: Run, phase: PhaseName): Promise<Standing> {
  const mesh = await meshNow(ctx)
  const standing = await standingIn(ctx, run, phase, mesh)
  const planned = standing.remade ? { ...run, plan: standing.remade.plan } : run
  const reach = isRetiring(phase) ? reachByCensus(ctx) : await reachOf(ctx, planned, mesh)
  return { ...standing, ...phaseCommands(ctx, planned, phase, mesh), ...(reach ? { reach } : {}) }
}

function isRetiring(phase: PhaseName): boolean {
  return phase === 'rehearse' || phase === 'retire'
}

async function fieldsOf(ctx: WorkerContext, mesh: Mesh): Promise<Record<string, string>> {
  return shortened({ ...fingerprintFields(mesh), operatorFile: await ctx.operatorFileText() })
}

/** Values hashed short: the record must stay small, and only "it changed" is asked of them. */
export function shortened(fields: FingerprintFields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, sha256(value).slice(0, 12)]))
}

function checksOf(run: Run, phase: PhaseName, mesh: Mesh): Coded[] {
  const old = run.plan.from.flatMap((plane) => readyFacts(mesh, plane.revision))
  const next = phase !== 'install' ? readyFacts(mesh, run.plan.to.revision) : []
  const proven = run.steps.findLast((step) => step.proofs.length > 0)?.proofs ?? []
  const proofs =
    proven.length > 0 ? [codedOf('PROVEN_BEFORE', { classes: new Set(proven.map((p) => p.class)).size })] : []
  return [...old, ...next, ...proofs]
}

function readyFacts(mesh: Mesh, revision: string): Coded[] {
  const plane = controlPlaneFor(mesh, revision)
  if (!plane) return []
  return [codedOf('CONTROL_PLANE_READY', { revision, version: plane.version ?? '', ready: plane.readyEndpoints })]
}

function refusalsOf(run: Run, mesh: Mesh): Coded[] {
  const [from] = run.plan.from
  const refusals = from ? unsupportedHere(mesh, from, run.plan.to) : []
  return refusals.map(({ code, facts }) => codedOf(code, facts))
}

function phaseGates(run: Run, phase: PhaseName, mesh: Mesh): Coded[] {
  return phase === 'install' ? installGates(run, mesh) : switchGates(run, mesh)
}

/** 1.27 and later would make NEW the default at install time where no default tag is there; the plan then adopts it first. */
function installGates(run: Run, mesh: Mesh): Coded[] {
  const flip = installFlipsDefault(mesh, run.plan.to.version)
  const guarded = run.plan.steps.some((step) => step.kind === 'adopt-tag')
  const there = controlPlaneFor(mesh, run.plan.to.revision) !== null
  return flip && !guarded && !there ? [codedOf(flip.code, flip.facts)] : []
}

function switchGates(run: Run, mesh: Mesh): Coded[] {
  const { revision, version } = run.plan.to
  const ready = controlPlaneFor(mesh, revision)?.readyEndpoints ?? 0
  const notReady = ready < 2 ? [codedOf('CONTROL_PLANE_NOT_READY', { revision, version, ready, wanted: 2 })] : []
  return [...notReady, ...alarmGate(run)]
}

/** What somebody changed voids cards by their fingerprint: a new one shows it, so its alarm closes no gate. */
function alarmGate(run: Run): Coded[] {
  const alarm = run.alarms.find((entry) => !entry.endedAt && entry.what.code !== 'ALARM_CHANGED')
  return alarm ? [codedOf('ALARM_OPEN', { ...alarm.what.facts, what: alarm.what.code })] : []
}
