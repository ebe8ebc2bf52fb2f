import { CodedError } from '../../kernel/errors.ts'
import { sha256 } from '../../kernel/hash.ts'
import { sleep } from '../../kernel/retry.ts'
import { controlPlaneFor } from '../../istio/control-planes.ts'
import { installArguments, uninstallArguments } from '../../istio/istioctl-arguments.ts'
import { readUninstall, saysInstalled } from '../../istio/istioctl-output.ts'
import type { Mesh } from '../../istio/mesh.ts'
import { sameBuild } from '../../istio/versions.ts'
import { webhooksTakenFromOthers } from '../../istio/webhooks-leading.ts'
import { codedOf } from '../../upgrade/event.ts'
import type { Coded } from '../../wire/facts.ts'
import { proveClasses } from '../class-proofs.ts'
import { undoneBy } from '../verified.ts'
import { whoUsesNew } from '../who-uses-new.ts'
import { lastWords, runIstioctl } from './run-istioctl.ts'
import type { StepHandler, StepWork, Undone, Verified } from './step.ts'

/** NEW beside OLD by `istioctl install`, two ready endpoints or it is undone; its undo removes NEW alone. */
export const installControlPlane: StepHandler = { alreadyDone, act, verify, undo }

const WANTED_ENDPOINTS = 2
const GRACE_MS = 30_000

/** Asked at the first attempt too: NEW may have stood there before the run, and is not installed over. */
async function alreadyDone({ ctx, run }: StepWork): Promise<boolean> {
  return isComplete(await ctx.cluster.readInjection(), run.plan.to)
}

async function act(work: StepWork): Promise<void> {
  const { ctx, run } = work
  const { revision, version } = run.plan.to
  const times = ctx.settings.times
  await checkApproved(work)
  const readinessTimeoutSeconds = Math.max(5, Math.round((times.installDeadline - GRACE_MS) / 1000))
  const args = installArguments({ file: ctx.settings.operatorFile, revision, readinessTimeoutSeconds })
  const result = await runIstioctl(work, args, times.installDeadline)
  if (result.ended === 'cancelled') throw new CodedError('CANCELLED', { command: 'istioctl install' })
  if (result.ended !== 'exited' || result.exitCode !== 0 || !saysInstalled(result.lines.join('\n'))) {
    throw new CodedError('INSTALL_FAILED', {
      version,
      ended: result.ended,
      exitCode: result.exitCode ?? -1,
      said: lastWords(result),
    })
  }
}

/** The file must be, to the byte, the one that the approved plan names; of the binary that is asked as it is started. */
async function checkApproved({ ctx, run }: StepWork): Promise<void> {
  if (sha256(await ctx.operatorFileText()) !== run.plan.operatorFile) {
    throw new CodedError('OPERATOR_FILE_CHANGED', { path: ctx.settings.operatorFile })
  }
}

async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run, signal } = work
  const { revision, version } = run.plan.to
  const end = ctx.clocks.machine.now() + ctx.settings.times.readyDeadline
  for (;;) {
    const mesh = await ctx.cluster.readInjection()
    if (isComplete(mesh, run.plan.to))
      return { ok: true, proofs: [], evidence: installedEvidence(mesh, revision), mesh }
    if (signal.aborted) return failed('CANCELLED', { command: 'istioctl install' })
    if (ctx.clocks.machine.now() >= end) {
      const ready = controlPlaneFor(mesh, revision)?.readyEndpoints ?? 0
      return failed('CONTROL_PLANE_NOT_READY', { revision, version, ready, wanted: WANTED_ENDPOINTS })
    }
    await sleep(250, signal)
  }
}

function failed(code: string, facts: Coded['facts']): Verified {
  return { ok: false, error: codedOf(code, facts), proofs: [], way: 'undo' }
}

/** Deployment of the right version, two endpoints ready, and its own injector with a caBundle: istiod has written it. */
function isComplete(mesh: Mesh, to: { readonly revision: string; readonly version: string }): boolean {
  const plane = controlPlaneFor(mesh, to.revision)
  if (!plane || !plane.version || !sameBuild(plane.version, to.version)) return false
  return plane.readyEndpoints >= WANTED_ENDPOINTS && plane.rootHash !== null
}

function installedEvidence(mesh: Mesh, revision: string): readonly Coded[] {
  const plane = controlPlaneFor(mesh, revision)
  if (!plane) return []
  const facts = { revision, version: plane.version ?? '', ready: plane.readyEndpoints, image: plane.image }
  return [codedOf('CONTROL_PLANE_READY', facts)]
}

/**
 * Removes NEW, and only after showing that nothing resolves to it; what pods or proxies may still use stays. So does all of it while
 * istioctl would take a webhook along that serves OLD: one labelled as NEW's after a switch by patch that was undone since.
 */
async function undo(work: StepWork): Promise<Undone> {
  const { ctx, run, signal } = work
  const { revision } = run.plan.to
  const taken = webhooksTakenFromOthers(await ctx.cluster.readInjection(), revision)
  const using = [...(await whoUsesNew(ctx, run)), ...taken]
  if (using.length > 0) {
    const stays = codedOf('NEW_STILL_USED', { revision, by: using })
    const undone = undoneBy(await proveClasses(ctx, run, signal), [stays])
    return undone.ok ? { ...undone, stays } : undone
  }
  const failure = await uninstall(work)
  if (failure) return { ok: false, error: failure, proofs: [] }
  const proofs = await proveClasses(ctx, run, signal)
  return undoneBy(proofs, [codedOf('CONTROL_PLANE_REMOVED', { revision })])
}

/** Nothing to remove is fine (the install never came that far); anything left afterwards is a failure. */
async function uninstall(work: StepWork): Promise<Coded | null> {
  const { ctx, run } = work
  const { revision, version } = run.plan.to
  if (leftOf(await ctx.cluster.readInjection(), revision).length === 0) return null
  const args = uninstallArguments(version, revision)
  if (!args) return codedOf('UNINSTALL_UNSUPPORTED', { version })
  const result = await runIstioctl({ ...work, signal: ctx.lost }, args, ctx.settings.times.installDeadline)
  const left = await leftAfterAWhile(work, revision)
  if (left.length === 0) return null
  ctx.log.warn('objects of the new control plane are left', { left: [...left] })
  if (result.exitCode === 0 && readUninstall(result.lines.join('\n')) === 'removed') {
    return codedOf('UNINSTALL_LEFT_OBJECTS', { revision, left })
  }
  return codedOf('UNINSTALL_FAILED', { revision, exitCode: result.exitCode ?? -1, said: lastWords(result) })
}

/** istioctl ends before the cluster has collected what it removed; what is still there at the deadline stays. */
async function leftAfterAWhile({ ctx }: StepWork, revision: string): Promise<readonly string[]> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.readyDeadline
  for (;;) {
    const left = leftOf(await ctx.cluster.readInjection(), revision)
    if (left.length === 0 || ctx.lost.aborted || ctx.clocks.machine.now() >= end) return left
    await sleep(250, ctx.lost)
  }
}

/** What of NEW is there, by its revision label. */
function leftOf(mesh: Mesh, revision: string): readonly string[] {
  const plane = controlPlaneFor(mesh, revision)
  const labelled = [...mesh.mutatingWebhooks, ...mesh.validatingWebhooks, ...mesh.services, ...mesh.configMaps].filter(
    ({ metadata }) => metadata.labels?.['istio.io/rev'] === revision,
  )
  return [
    ...(plane ? [`Deployment ${plane.deployment.metadata.name}`] : []),
    ...labelled.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  ]
}
