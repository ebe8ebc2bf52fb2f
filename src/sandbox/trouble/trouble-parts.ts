import type { KubeServer } from '../kube-server/server.ts'
import type { SlackServer } from '../slack-server/server.ts'

/** What troubles do their harm to. */
export type TroubleParts = {
  readonly kube: KubeServer
  readonly slack: SlackServer
  /** All channels in which Meshferry speaks. */
  readonly channels: readonly string[]
  readonly redis: { readonly flush: () => Promise<void> }
  readonly workers: {
    readonly leads: () => boolean
    /** kill -9 of the one that leads; false where none does. */
    readonly killLeader: () => boolean
  }
  /** Calendar of the sandbox, epoch ms. */
  readonly now: () => number
}

export const ISTIO_NAMESPACE = 'istio-system'
export const REGISTRATION = 'admissionregistration.k8s.io/v1'
