import type { Run, StepEntry } from '../../src/wire/run.ts'

/**
 * Tells which boundaries of the journal a saved run crosses for the first time: the run, a card or a step in a state that it
 * has not been in before. One for each test.
 */
export function newBoundaries(): (run: Run) => readonly string[] {
  const known = new Set<string>()
  return (run) => {
    const fresh = boundariesOf(run).filter((boundary) => !known.has(boundary))
    for (const boundary of fresh) known.add(boundary)
    return fresh
  }
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
