import type { Restart } from '../wire/restarts.ts'
import type { RolledObject } from './rollout.ts'
import { shapeOf } from './shape.ts'

export const API = { namespace: 'pay', kind: 'Deployment', name: 'api' }
export const T0 = Date.parse('2026-12-01T09:00:00.000Z')
export const STAMP = '2026-12-01T09:00:00.000Z'
export const AT = 'kubectl.kubernetes.io/restartedAt'

export type Change = {
  readonly kind?: string
  readonly meta?: Partial<RolledObject['metadata']>
  readonly spec?: RolledObject['spec']
  readonly status?: RolledObject['status']
  readonly stamp?: string
}

/** A Deployment that is healthy at generation 4. */
export function workload({ kind = 'Deployment', meta = {}, spec = {}, status = {}, stamp }: Change = {}): RolledObject {
  const annotations = stamp === undefined ? {} : { annotations: { [AT]: stamp } }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'api', namespace: 'pay', uid: 'u1', generation: 4, resourceVersion: '77', ...meta },
    spec: { replicas: 3, template: { metadata: { labels: { app: 'api' }, ...annotations } }, ...spec },
    status: {
      observedGeneration: 4,
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 3,
      availableReplicas: 3,
      ...status,
    },
  }
}

/** A restart of it that was asked for. */
export function record(change: Partial<Restart> = {}): Restart {
  return {
    id: 'rq-01jd9q4t7h0123456789abcdef',
    run: 'run-01jd9q4t7h0123456789abcdef',
    from: [{ revision: 'default', version: '1.30.0' }],
    to: { revision: '1-31-0', version: '1.31.0' },
    team: 'payments',
    workload: API,
    uid: 'u1',
    shape: shapeOf(workload()),
    by: 'U0MEI',
    at: STAMP,
    stamp: STAMP,
    state: 'asked',
    revision: 1,
    told: 0,
    ...change,
  }
}
