import type { AdmissionOptions } from './admission.ts'
import { kindNamed } from './create.ts'
import type { KubeObject } from './kube-object.ts'
import { nativeSidecarsByKubelet } from './native-sidecars.ts'
import type { PodDenial } from './pod-denials.ts'
import type { Store } from './store.ts'

/** What a test turns while the server runs, and what admission then sees of it. */
type AdmissionSwitches = {
  readonly seen: Pick<AdmissionOptions, 'choice' | 'denials' | 'frozen'>
  readonly turn: {
    /** Refuses pods of a namespace; the result lifts it. */
    readonly denyPods: (denial: PodDenial) => () => void
    /** Lets one address go on seeing the webhook configurations of now, as an API server whose cache lags. */
    readonly freezeWebhooks: (address: string) => () => void
    readonly setNativeSidecars: (choice: boolean | 'auto') => void
  }
}

/** Nothing denied and nothing frozen; `auto` asks the Nodes' kubelets at each injection. */
export function newAdmissionSwitches(store: Store, nativeSidecars: boolean | 'auto'): AdmissionSwitches {
  const denials = new Set<PodDenial>()
  const frozen = new Map<string, readonly KubeObject[]>()
  let native = nativeSidecars
  return {
    seen: {
      choice: () => ({ nativeSidecars: native === 'auto' ? nativeSidecarsByKubelet(store) : native }),
      denials: () => [...denials],
      frozen: (address) => frozen.get(hostOf(address)),
    },
    turn: {
      denyPods: (denial) => {
        denials.add(denial)
        return () => denials.delete(denial)
      },
      freezeWebhooks: (address) => {
        frozen.set(address, store.list(kindNamed('MutatingWebhookConfiguration'), ''))
        return () => frozen.delete(address)
      },
      setNativeSidecars: (next) => {
        native = next
      },
    },
  }
}

function hostOf(address: string): string {
  return address.split(':')[0] ?? address
}
