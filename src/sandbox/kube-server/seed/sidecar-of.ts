import { inject } from '../injector.ts'
import type { KubeObject } from '../kube-object.ts'

/** For seedWorkload's `inject`: the sidecar that an istiod of this revision and version puts into a pod. */
export function sidecarOf(revision: string, version: string, native = false): (pod: KubeObject) => KubeObject {
  const istiod = { revision, version, hub: 'docker.io/istio', namespace: 'istio-system', path: '/inject' }
  return (pod) => inject(pod, istiod, { nativeSidecars: native })
}
