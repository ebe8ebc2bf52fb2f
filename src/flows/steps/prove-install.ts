import { controlPlaneFor } from '../../istio/control-planes.ts'
import type { Mesh } from '../../istio/mesh.ts'
import { IGNORED_NAMESPACES } from '../../istio/effective-injector.ts'
import { revisionProbe } from '../../istio/probe-pods.ts'
import { asksByNamespace, proofNamespaceName } from '../../istio/proof-namespace.ts'
import { codedOf } from '../../upgrade/event.ts'
import { expectedRevisions } from '../../upgrade/expected.ts'
import type { Coded } from '../../wire/facts.ts'
import type { Run } from '../../wire/run.ts'
import { askInOwnNamespace } from '../ask-in-own-namespace.ts'
import { proveClasses, versionsOf } from '../class-proofs.ts'
import { removeProofNamespace } from '../proof-namespace.ts'
import type { WorkerContext } from '../worker-context.ts'
import type { Question } from '../prove-injection.ts'
import { condensed, proveSettled, questionsFor, verdictOf } from '../prove-injection.ts'
import { verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Undone, Verified } from './step.ts'
import { nothingToUndo } from './step.ts'

/**
 * The proof of the install: asking for NEW gives NEW (name, certificate and root of its webhook work), every class still gets
 * what it got before (the default did not flip), and both revisions are signed by one root.
 */
export const proveInstall: StepHandler = {
  alreadyDone: async () => false,
  act: async () => undefined,
  verify,
  undo,
}

async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run } = work
  const mesh = await ctx.cluster.readInjection()
  const different = rootsDiffer(mesh, run.plan.from[0]?.revision ?? '', run.plan.to.revision)
  if (different) return { ok: false, error: different, proofs: [], way: 'undo' }
  return asksByNamespace(run.plan.to.version) ? verifyByNamespace(work) : verifyByPod(work, mesh)
}

/** NEW of 1.9 and older, which answers no pod by its label. */
async function verifyByNamespace(work: StepWork): Promise<Verified> {
  const { ctx, run, signal } = work
  const { proofs: asked, trouble } = await askInOwnNamespace(work)
  const proofs = condensed(asked)
  if (trouble && verdictOf(asked) !== 'wrong') return { ok: false, error: trouble, proofs, way: 'halt' }
  if (verdictOf(asked) !== 'right') return verifiedBy(asked, [])
  const classes = await proveClasses(ctx, run, signal)
  const namespace = proofNamespaceName(ctx.settings.namespace)
  return verifiedBy([...asked, ...classes], [...EVIDENCE, codedOf('PROOF_NAMESPACE_REMOVED', { namespace })])
}

/** A killed or halted attempt may have left the namespace of the proof; nothing else of this step can be undone. */
async function undo({ ctx, run }: StepWork): Promise<Undone> {
  if (!asksByNamespace(run.plan.to.version) || !(await removeProofNamespace(ctx))) return nothingToUndo()
  const namespace = proofNamespaceName(ctx.settings.namespace)
  return { ok: true, proofs: [], evidence: [codedOf('PROOF_NAMESPACE_REMOVED', { namespace })] }
}

async function verifyByPod({ ctx, run, signal }: StepWork, mesh: Mesh): Promise<Verified> {
  if (!unlabelledNamespace(mesh)) await makeProbeNamespace(ctx)
  const read = unlabelledNamespace(mesh) ? readingFrom(mesh, ctx) : () => ctx.cluster.readInjection()
  const asking = (now: Mesh): readonly Question[] => [
    ...askingForNew(now, run),
    ...questionsFor(now, run.plan.classes, (key) => expectedRevisions(run, key), versionsOf(now, run)),
  ]
  const proofs = await proveSettled(ctx, read, asking, signal, false)
  const verdict = verdictOf(proofs)
  // What every class gets from OLD says nothing of NEW: without a namespace to ask for it in, NEW is unproven (promise 5).
  if (verdict === 'right' && !proofs.some((proof) => proof.expected === run.plan.to.revision)) {
    return { ok: false, error: codedOf('NOTHING_PROVEN'), proofs: condensed(proofs), way: 'halt' }
  }
  return verifiedBy(proofs, EVIDENCE)
}

const EVIDENCE = [codedOf('ROOTS_EQUAL'), codedOf('DEFAULT_UNCHANGED')]

/** What was just read serves for the first round of questions too. */
function readingFrom(first: Mesh, ctx: WorkerContext): () => Promise<Mesh> {
  const readAlready = [first]
  return async () => readAlready.pop() ?? ctx.cluster.readInjection()
}

/** Asks by the pod's own label, which works only in a namespace without Istio's labels. */
function askingForNew(mesh: Mesh, run: Run): readonly Question[] {
  const namespace = unlabelledNamespace(mesh)
  if (!namespace) return []
  const probe = revisionProbe(namespace, run.plan.to.revision)
  return [{ probe, expected: [run.plan.to.revision], versions: versionsOf(mesh, run) }]
}

/** Where every namespace asks for something by its labels, one of ours without any is made: empty, and never asked for else. */
async function makeProbeNamespace(ctx: WorkerContext): Promise<void> {
  const name = `${ctx.settings.namespace}-probe`
  const ref = { apiVersion: 'v1', kind: 'Namespace', name }
  if (await ctx.cluster.get(ref)) return
  const labels = { 'app.kubernetes.io/managed-by': 'meshferry' }
  await ctx.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })
}

/** `default` where it has none of Istio's labels, else any other: a dry-run pod leaves nothing there. */
function unlabelledNamespace(mesh: Mesh): string | undefined {
  const free = mesh.namespaces.filter(({ metadata: { name, labels = {}, deletionTimestamp } }) => {
    const marked = 'istio-injection' in labels || 'istio.io/rev' in labels || 'istio.io/dataplane-mode' in labels
    return !marked && !deletionTimestamp && !IGNORED_NAMESPACES.includes(name) && name !== mesh.istioNamespace
  })
  const names = free.map(({ metadata }) => metadata.name)
  return names.includes('default') ? 'default' : names[0]
}

/** Sidecars of both revisions must trust each other, and one caBundle must serve both. */
function rootsDiffer(mesh: Mesh, from: string, to: string): Coded | null {
  const [old, next] = [controlPlaneFor(mesh, from)?.rootHash, controlPlaneFor(mesh, to)?.rootHash]
  if (!old || !next) return codedOf('CA_BUNDLE_MISSING', { revision: old ? to : from })
  return old === next ? null : codedOf('CA_BUNDLES_DIFFER', { from, to })
}
