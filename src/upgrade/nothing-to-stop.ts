import type { Refusal } from '../kernel/errors.ts'
import type { Run } from '../wire/run.ts'

/** NOTHING_TO_STOP {from, to, at, until} where OLD is retired: what is left of the run is the way back alone. Null while anything may start. */
export function nothingToStop(run: Run): Refusal | null {
  if (run.state !== 'done') return null
  const { since: at, facts = {} } = run.conditions.find(({ type }) => type === 'Done') ?? {}
  const from = run.plan.from.map(({ version }) => version).join(', ')
  return { code: 'NOTHING_TO_STOP', facts: { from, to: run.plan.to.version, at, until: facts.until } }
}
