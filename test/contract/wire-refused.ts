import { configMap } from './contract-objects.ts'
import type { WireCall } from './wire-client.ts'
import type { WireStage } from './wire-stage.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A request that is refused, and in which words. `taken` is a ConfigMap that is there, `wire` a Lease. */
export type Refused = {
  readonly name: string
  readonly ask: (stage: WireStage) => readonly [Method, string, WireCall?]
  readonly by?: 'limited'
  readonly status: number
  readonly reason?: string
  readonly message: string | ((stage: WireStage) => string)
}

/** A body that is a ConfigMap. */
export const map = (name: string, more: object = {}) => ({
  body: { ...configMap(name, ''), metadata: { name }, ...more },
})

export const leases = ({ namespace }: WireStage) => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
