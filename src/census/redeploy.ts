import { injectionBy } from '../istio/effective-injector.ts'
import { injectorsOf } from '../istio/injectors.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { Labels } from '../istio/selectors.ts'
import type { Migration } from '../wire/census.ts'

/** What a new pod would get: of OLD, of NEW, of a third revision, no sidecar, or nobody can tell. */
export type Redeploy =
  | { readonly kind: 'old' | 'other'; readonly revision: string }
  | { readonly kind: 'new' | 'none' | 'unknown' }

/** What decides it. */
export type NewPod = {
  readonly namespace: string
  readonly namespaceLabels: Labels
  readonly labels: Labels
  readonly annotations: Labels
  readonly hostNetwork: boolean
}

export type Redeploys = (pod: NewPod) => Redeploy

/** As the API server would decide it now, by the selectors of every live injector: a label's name alone says nothing. */
export function redeploysBy(mesh: Mesh, migration: Migration): Redeploys {
  const injectors = injectorsOf(mesh)
  return ({ namespace, namespaceLabels, labels, annotations, hostNetwork }) => {
    const traits = { namespace, annotations, hostNetwork }
    const injection = injectionBy(injectors, mesh, namespaceLabels, labels, traits)
    if (injection.kind === 'one') return redeployOf(injection.revision, migration)
    if (injection.kind === 'none') return { kind: 'none' }
    // Several entries that all lead to one revision: a tag that is being adopted.
    const [revision, second] = injection.kind === 'many' ? injection.revisions : []
    return revision !== undefined && second === undefined ? redeployOf(revision, migration) : { kind: 'unknown' }
  }
}

function redeployOf(revision: string, { from, to }: Migration): Redeploy {
  if (revision === to) return { kind: 'new' }
  return { kind: from.includes(revision) ? 'old' : 'other', revision }
}
