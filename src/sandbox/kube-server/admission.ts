import type { WriteOptions } from './api.ts'
import { accountDenial, injectedDenial } from './pod-denials.ts'
import type { PodDenial } from './pod-denials.ts'
import type { InjectorChoice } from './injector.ts'
import { inject } from './injector.ts'
import { istiodBehind } from './istiod.ts'
import type { KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, textAt, valueAt } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { builtInKinds } from './resource-kinds.ts'
import { matchesSelector } from './selectors.ts'
import { badRequest, internalError } from './status-error.ts'
import type { Store } from './store.ts'

/** One call of an injector, for tests: two of them for one pod are a double injection. */
export type Injection = {
  readonly at: number
  readonly namespace: string
  /** Name or generateName of the pod. */
  readonly pod: string
  readonly dryRun: boolean
  /** `<configuration>/<entry>`. */
  readonly by: string
  readonly revision: string
  /** False when istiod answered without a patch (opted out by annotation, ignored namespace). */
  readonly injected: boolean
}

export type Admission = {
  /** Runs the mutating webhooks; throws what the API server answers when one of them fails. */
  readonly admit: (kind: ResourceKind, object: KubeObject, options: WriteOptions) => KubeObject
  /** Refusals after mutation: missing service account, quota, PodSecurity. */
  readonly check: (kind: ResourceKind, object: KubeObject) => void
}

export type AdmissionOptions = {
  readonly store: Store
  readonly now: () => number
  readonly injections: Injection[]
  readonly denials: () => readonly PodDenial[]
  readonly choice: () => InjectorChoice
  /** What this address sees as webhook configurations, when it lags behind; undefined for the live ones. */
  readonly frozen: (address: string) => readonly KubeObject[] | undefined
}

const MWC = builtInKinds.find((kind) => kind.kind === 'MutatingWebhookConfiguration')
const NAMESPACE = builtInKinds.find((kind) => kind.kind === 'Namespace')

/** Admission of pods by the live MutatingWebhookConfigurations. Other kinds pass: nothing in the sandbox mutates them. */
export function newAdmission(options: AdmissionOptions): Admission {
  return {
    admit: (kind, object, write) => {
      if (kind.kind !== 'Pod') return object
      return callWebhooks(options, object, write)
    },
    check: (kind, object) => {
      if (kind.kind !== 'Pod') return
      const denial = accountDenial(options.store, object) ?? injectedDenial(options.denials(), object)
      if (denial) throw denial
    },
  }
}

/** Configurations in the order of their names, entries in their own; each sees the pod as the ones before it left it. */
function callWebhooks(options: AdmissionOptions, pod: KubeObject, write: WriteOptions): KubeObject {
  if (!MWC || !NAMESPACE) return pod
  const namespace = pod.metadata.namespace ?? ''
  const namespaceLabels = options.store.read(NAMESPACE, '', namespace)?.metadata.labels ?? {}
  const configurations = options.frozen(write.address) ?? options.store.list(MWC, '')
  let current = pod
  for (const configuration of configurations) {
    for (const entry of listAt(configuration, 'webhooks')) {
      if (!wantsPod(entry, current, namespaceLabels)) continue
      current = callEntry(options, configuration.metadata.name, entry, current, write)
    }
  }
  return current
}

function wantsPod(entry: unknown, pod: KubeObject, namespaceLabels: Readonly<Record<string, string>>): boolean {
  return (
    matchesPodCreation(entry) &&
    matchesSelector(valueAt(entry, 'namespaceSelector'), namespaceLabels) &&
    matchesSelector(valueAt(entry, 'objectSelector'), pod.metadata.labels ?? {})
  )
}

function callEntry(
  options: AdmissionOptions,
  configuration: string,
  entry: unknown,
  pod: KubeObject,
  write: WriteOptions,
): KubeObject {
  const name = textAt(entry, 'name') ?? ''
  if (write.dryRun && !['None', 'NoneOnDryRun'].includes(textAt(entry, 'sideEffects') ?? '')) {
    throw badRequest(`admission webhook "${name}" does not support dry run`)
  }
  const istiod = istiodBehind(options.store, entry)
  if (typeof istiod === 'string') {
    if (textAt(entry, 'failurePolicy') === 'Ignore') return pod
    throw internalError(`failed calling webhook "${name}": failed to call webhook: ${istiod}`)
  }
  const mutated = inject(pod, istiod, options.choice())
  options.injections.push({
    at: options.now(),
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.generateName ?? pod.metadata.name,
    dryRun: write.dryRun,
    by: `${configuration}/${name}`,
    revision: istiod.revision,
    injected: mutated !== pod,
  })
  return mutated
}

function matchesPodCreation(entry: unknown): boolean {
  return listAt(entry, 'rules').some((rule) => {
    if (!isJsonObject(rule)) return false
    const has = (field: string, ...values: string[]): boolean =>
      listAt(rule, field).some((value) => value === '*' || values.some((wanted) => wanted === value))
    const scoped = textAt(rule, 'scope') !== 'Cluster'
    return (
      scoped &&
      has('apiGroups', '') &&
      has('apiVersions', 'v1') &&
      has('operations', 'CREATE') &&
      has('resources', 'pods')
    )
  })
}
