import type { Facts } from '../kernel/errors.ts'

/**
 * `right`: the pod would get the expected revision. `wrong`: another one, none, a double, or the injector's own webhook
 * fails: only this undoes a step. `unprovable`: something else refused the pod, and is named.
 */
export type ProbeVerdict = {
  readonly verdict: 'right' | 'wrong' | 'unprovable'
  readonly code: string
  readonly facts: Facts
}
