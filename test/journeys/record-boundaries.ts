import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { Run, StepEntry } from '../../src/wire/run.ts'

/** The run as its ConfigMap holds it. */
export function recordIn(object: KubeObject): Run | null {
  const { namespace, name } = object.metadata
  if (object.kind !== 'ConfigMap' || namespace !== 'meshferry' || !/^run-[0-9a-z]{26}$/.test(name)) return null
  const { content } = object['data'] as { readonly content: string }
  return JSON.parse(content) as Run
}

/** The newest record of the cluster. */
export function runOf(kube: KubeServer): Run {
  const records = kube.list('v1', 'ConfigMap', 'meshferry').map(recordIn)
  const run = records.findLast((record) => record !== null)
  if (!run) throw new Error('there is no run')
  return run
}

/**
 * Calls back with every boundary that the journal crosses for the first time: a run, a card or a step in a state that it
 * has not been in before. In that moment the record is saved, and whoever saved it doesn't know yet.
 */
export function atEachBoundary(kube: KubeServer, crossed: (boundary: string) => void): () => void {
  const known = new Set<string>()
  return kube.listen(({ object }) => {
    const run = recordIn(object)
    const fresh = run ? boundariesOf(run).filter((boundary) => !known.has(boundary)) : []
    for (const boundary of fresh) known.add(boundary)
    const [first] = fresh
    if (first !== undefined) crossed(fresh.join(' & '))
  })
}

function boundariesOf(run: Run): readonly string[] {
  const cards = run.cards.map(({ phase, state, decisions }) => `card ${phase}: ${state}, ${decisions.length} decisions`)
  return [`run: ${run.state}${run.rollback ? ', back' : ''}`, ...cards, ...run.steps.map(stepState)]
}

function stepState({ id, state, attempt, holder, acted }: StepEntry): string {
  if (attempt === 0) return `step ${id}: waiting`
  const at = holder ? (holder.child ? ' with a child' : ' begun') : ''
  return `step ${id}: ${state}${at}${acted ? ', acted' : ''}`
}
