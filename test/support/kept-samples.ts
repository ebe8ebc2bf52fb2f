import type { TeamFacts } from '../../src/wire/card-facts.ts'
import { teamSample } from './card-samples.ts'
import { many, type Size } from './sample-size.ts'

type Workload = TeamFacts['workloads'][number]

/** One that a redeploy alone would move of each keeper, one of nobody, and one of an Application that nothing names. */
function kept(size: Size): readonly Partial<Workload>[] {
  const app = size === 'usual' ? 'store' : `${'n'.repeat(63)}/${'a'.repeat(253)}`
  return [
    { name: 'web', keeper: { tool: 'Argo CD', app } },
    { name: 'ledger', keeper: { tool: 'Flux' } },
    { name: 'cart', kind: 'Rollout' },
    { name: 'api' },
    { name: 'search', kind: 'StatefulSet', keeper: { tool: 'Argo CD' } },
  ]
}

/** A reminder of workloads that tools keep; the longest names are those that Kubernetes allows, so that commands are drawn. */
export function keptSample(size: Size): TeamFacts {
  const facts = teamSample(size, 'nudge')
  const [one] = facts.workloads
  if (!one) throw new RangeError('a sample without workloads')
  const all = kept(size)
  const workloads = many(size, all.length, 10, (index) => {
    const longest = size === 'usual' ? {} : { namespace: 'n'.repeat(63), name: `${index}`.padEnd(253, 'w') }
    return { ...one, cause: { code: 'NOT_REDEPLOYED', facts: {} }, ...all[index % all.length], ...longest }
  })
  return { ...facts, workloads }
}
