import { isoOf } from '../kernel/clock.ts'
import { sleep } from '../kernel/retry.ts'
import { injectionBy } from '../istio/effective-injector.ts'
import type { InjectionDoubt } from '../istio/injection-doubt.ts'
import { doubtOf } from '../istio/injection-doubt.ts'
import { injectorsOf } from '../istio/injectors.ts'
import type { Mesh } from '../istio/mesh.ts'
import { namespaceClassesOf } from '../istio/namespace-classes.ts'
import type { ProbePod } from '../istio/probe-pods.ts'
import { probePodsFor } from '../istio/probe-pods.ts'
import { judgeProbe } from '../istio/proof.ts'
import { unreadInjectors } from '../istio/unread.ts'
import type { ApiRoute, DryRunAnswer } from '../ports/cluster.ts'
import { codedOf } from '../upgrade/event.ts'
import type { ClassPlan } from '../wire/plan.ts'
import type { Proof } from '../wire/run.ts'
import { lostClasses } from './lost-classes.ts'
import type { WorkerContext } from './worker-context.ts'

/** What is asked: one probe, and the revisions that are right for it. */
export type Question = {
  readonly probe: ProbePod
  readonly expected: readonly (string | null)[]
  /** Version that each revision's sidecar must have; null leaves it out. */
  readonly versions: Readonly<Record<string, string | null>>
}

/** At most this many namespaces of a class are asked about in one proof; which ones is the same each time. */
const PER_CLASS = 5
/** So many dry-run pods are sent at once. */
const AT_ONCE = 8

/** One question for each class that the mesh has now, or that the plan knows and nothing shows any more, with what `expected` says is right for it. */
export function questionsFor(
  mesh: Mesh,
  planned: readonly ClassPlan[],
  expected: (classKey: string) => readonly (string | null)[],
  versions: Question['versions'],
): readonly Question[] {
  const classes = namespaceClassesOf(mesh)
  const probes = [...probePodsFor(mesh, classes), ...lostClasses(planned, classes)]
  const byClass = Map.groupBy(probes, (probe) => probe.classKey)
  return [...byClass.values()].flatMap((group) =>
    group.slice(0, PER_CLASS).flatMap((probe) => {
      const revisions = expected(probe.classKey)
      return revisions.length === 0 ? [] : [{ probe, expected: revisions, versions }]
    }),
  )
}

/** Asks every question once over every route. */
export async function askOnce(
  ctx: WorkerContext,
  mesh: Mesh,
  questions: readonly Question[],
  routes: readonly ApiRoute[],
): Promise<readonly Proof[]> {
  const asked = questions.flatMap((question) => routes.map((route) => ({ question, route })))
  const proofs: Proof[] = []
  for (let i = 0; i < asked.length; i += AT_ONCE) {
    const batch = asked.slice(i, i + AT_ONCE)
    proofs.push(...(await Promise.all(batch.map(({ question, route }) => askOne(ctx, mesh, question, route)))))
  }
  return proofs
}

/**
 * Asks until every API server gives a right answer, at most `proofDeadline` (each hears of a change by itself, a moment
 * later), then, where the servers can't be asked one by one, again over `freshSpread` with new connections, which a load
 * balancer spreads over them. The proofs returned are the last answer for each class, namespace and route.
 */
export async function proveSettled(
  ctx: WorkerContext,
  read: () => Promise<Mesh>,
  questionsOf: (mesh: Mesh) => readonly Question[],
  signal: AbortSignal,
  spread: boolean,
): Promise<readonly Proof[]> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.proofDeadline
  let routes: readonly ApiRoute[]
  let proofs: readonly Proof[]
  for (;;) {
    routes = await routesOf(ctx)
    const mesh = await read()
    proofs = await askOnce(ctx, mesh, questionsOf(mesh), routes)
    if (signal.aborted || proofs.every((proof) => proof.verdict === 'right')) break
    if (ctx.clocks.machine.now() >= end) return proofs
    await sleep(150, signal)
  }
  const fresh = routes.some((route) => route.kind === 'fresh')
  return spread && fresh && !signal.aborted ? spreadOut(ctx, read, questionsOf, routes, signal, proofs) : proofs
}

/** Fewer rounds would leave it to luck which server each class is asked of. */
const ROUNDS = 4

/** A balancer that takes its servers in turn would give each class the same one every time, were they always asked in one order. */
function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length > 0 ? by % items.length : 0
  return [...items.slice(at), ...items.slice(0, at)]
}

async function spreadOut(
  ctx: WorkerContext,
  read: () => Promise<Mesh>,
  questionsOf: (mesh: Mesh) => readonly Question[],
  routes: readonly ApiRoute[],
  signal: AbortSignal,
  first: readonly Proof[],
): Promise<readonly Proof[]> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.freshSpread
  let proofs = first
  for (let round = 1; !signal.aborted && (round <= ROUNDS || ctx.clocks.machine.now() < end); round += 1) {
    await sleep(Math.min(1000, ctx.settings.times.freshSpread / 5), signal)
    const mesh = await read()
    proofs = await askOnce(ctx, mesh, rotated(questionsOf(mesh), round), routes)
    if (proofs.some((proof) => proof.verdict !== 'right')) return proofs
  }
  return proofs
}

export async function routesOf(ctx: WorkerContext): Promise<readonly ApiRoute[]> {
  const routes = await ctx.cluster.apiRoutes()
  return routes.length > 0 ? routes : [{ kind: 'fresh' }]
}

async function askOne(ctx: WorkerContext, mesh: Mesh, question: Question, route: ApiRoute): Promise<Proof> {
  const { probe, expected } = question
  const answer = await ctx.cluster.dryRunPod(probe.namespace, probe.pod, route)
  return {
    class: probe.classKey,
    namespace: probe.namespace,
    expected: expected[0] ?? null,
    ...unlessDoubted(doubtAbout(mesh, probe), probe, unlessUnread(mesh, judged(question, answer))),
    via: [route.kind === 'address' ? `${route.host}:${route.port}` : 'fresh connections'],
    at: isoOf(ctx.clocks.calendar.now()),
  }
}

type Judgement = Pick<Proof, 'verdict' | 'found' | 'because'>

/** Right when the answer is right for one of the revisions that may be; else what is said against the last of them. */
function judged({ expected, versions }: Question, answer: DryRunAnswer): Judgement {
  const verdicts = expected.map((revision) => ({
    revision,
    ...judgeProbe(revision, revision === null ? null : (versions[revision] ?? null), answer),
  }))
  const right = verdicts.find(({ verdict }) => verdict === 'right')
  if (right) return { verdict: 'right', found: right.revision }
  const last = verdicts.at(-1)
  if (!last) return { verdict: 'unprovable', found: null }
  return { verdict: last.verdict, found: text(last.facts['got']) ?? null, because: codedOf(last.code, last.facts) }
}

/**
 * A right answer proves nothing while the webhooks can't be read: the pod may be injected twice, and shows only the last. A
 * wrong one is wrong all the same.
 */
function unlessUnread(mesh: Mesh, judgement: Judgement): Judgement {
  const unread = unreadInjectors(mesh)
  if (!unread || judgement.verdict !== 'right') return judgement
  return {
    ...judgement,
    verdict: 'unprovable',
    because: codedOf('MESH_PART_UNREADABLE', { ...unread, message: unread.reason }),
  }
}

/** What the selectors say of this probe that its answer can't show. */
function doubtAbout(mesh: Mesh, probe: ProbePod): InjectionDoubt | null {
  const labels = mesh.namespaces.find(({ metadata }) => metadata.name === probe.namespace)?.metadata.labels ?? {}
  const injection = injectionBy(injectorsOf(mesh), mesh, labels, probe.pod.metadata.labels ?? {}, {
    namespace: probe.namespace,
    annotations: probe.pod.metadata.annotations ?? {},
  })
  return doubtOf(mesh, injection)
}

/** A double is wrong whatever the answer; what can't be told from the selectors takes from a right answer that it proves. */
function unlessDoubted(doubt: InjectionDoubt | null, probe: ProbePod, judgement: Judgement): Judgement {
  if (doubt === null || (doubt.verdict !== 'wrong' && judgement.verdict !== 'right')) return judgement
  const where = { class: probe.classKey, namespaces: [probe.namespace] }
  const because = codedOf(doubt.code, doubt.verdict === 'wrong' ? doubt.facts : { ...where, ...doubt.facts })
  return { verdict: doubt.verdict, found: doubt.verdict === 'wrong' ? null : judgement.found, because }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The verdict over many proofs: one Wrong makes it wrong, one Unprovable (or nothing asked) leaves it unproven. */
export function verdictOf(proofs: readonly Proof[]): 'right' | 'wrong' | 'unprovable' {
  if (proofs.some((proof) => proof.verdict === 'wrong')) return 'wrong'
  return proofs.length > 0 && proofs.every((proof) => proof.verdict === 'right') ? 'right' : 'unprovable'
}

/** One proof for each class, expectation and verdict, for the record: it must stay small on clusters with many namespaces. */
export function condensed(proofs: readonly Proof[]): readonly Proof[] {
  const groups = Map.groupBy(proofs, (proof) => `${proof.class} ${proof.verdict} ${proof.because?.code ?? ''}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ ...first, via: [...new Set(group.flatMap((proof) => proof.via))] }] : []
  })
}
