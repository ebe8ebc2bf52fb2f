import type { PodTemplate } from '../istio/objects.ts'
import type { Labels } from '../istio/selectors.ts'
import type { Coded } from '../wire/facts.ts'
import type { About } from './about-workload.ts'
import type { PodEntry } from './pod-entry.ts'
import type { NewPod, Redeploy } from './redeploy.ts'

const INJECT = 'sidecar.istio.io/inject'
const INJECTION = 'istio-injection'
const REVISION = 'istio.io/rev'

/** Why a new pod would not carry the new sidecar either, and what injects it; `cause` is null where it would, or nobody can tell. */
export function byInjection(about: About): {
  readonly cause: Coded | null
  readonly redeploy: Redeploy['kind']
} {
  const asked = newPodsOf(about).map((pod) => ({ pod, redeploy: about.redeploys(pod) }))
  const worst = ORDER.flatMap((kind) => asked.filter(({ redeploy }) => redeploy.kind === kind)).at(0)
  const cause = byIstiod(about) ?? pinned(about) ?? byHand(about) ?? (worst ? leads(worst.pod, worst.redeploy) : null)
  return { cause, redeploy: worst?.redeploy.kind ?? 'unknown' }
}

/** The worst first: pods whose template is not read may differ. */
const ORDER: readonly Redeploy['kind'][] = ['old', 'other', 'none', 'unknown', 'new']

/** By the template, where it is read: a running pod may have what the template has no more. Else by the pods themselves. */
function newPodsOf({ workload: { namespace }, facts, old, namespaceLabels }: About): readonly NewPod[] {
  const within = { namespace, namespaceLabels }
  if (!facts) return old.map((pod) => ({ ...within, labels: labelsOf(pod), annotations: {}, hostNetwork: false }))
  const { metadata, spec } = facts.template
  const { labels = {}, annotations = {} } = metadata ?? {}
  return [{ ...within, labels, annotations, hostNetwork: spec.hostNetwork === true }]
}

function labelsOf({ asksFor, asksInjection }: PodEntry): Labels {
  return {
    ...(asksFor === null ? {} : { [REVISION]: asksFor }),
    ...(asksInjection === null ? {} : { [INJECT]: asksInjection }),
  }
}

/** Gateways and waypoints for a Gateway object are not injected at all. */
function byIstiod({ facts }: About): Coded | null {
  const managed = facts?.template.metadata?.labels?.['gateway.istio.io/managed']
  return managed === undefined ? null : { code: 'MADE_BY_ISTIOD', facts: {} }
}

function pinned({ old, facts }: About): Coded | null {
  const image = facts
    ? facts.template.metadata?.annotations?.['sidecar.istio.io/proxyImage']
    : old.find(({ pinnedImage }) => pinnedImage !== null)?.pinnedImage
  return image ? { code: 'IMAGE_PINNED', facts: { image } } : null
}

/** istioctl kube-inject leaves its annotation in the template; a sidecar of the template's own has an image of its own. */
function byHand({ facts }: About): Coded | null {
  return facts && carriesSidecar(facts.template) ? { code: 'INJECTED_BY_HAND', facts: {} } : null
}

function carriesSidecar({ metadata, spec }: PodTemplate): boolean {
  if (metadata?.annotations?.['sidecar.istio.io/status'] !== undefined) return true
  const containers = [...spec.containers, ...(spec.initContainers ?? [])]
  // `auto` is how a template asks the injector to fill in its image.
  return containers.some(({ name, image }) => name === 'istio-proxy' && image !== undefined && image !== 'auto')
}

function leads(pod: NewPod, redeploy: Redeploy): Coded | null {
  if (redeploy.kind === 'old') return { code: 'ASKS_FOR_OLD', facts: { revision: redeploy.revision, ...labelOf(pod) } }
  if (redeploy.kind === 'other') {
    return { code: 'ASKS_FOR_OTHER', facts: { revision: redeploy.revision, ...labelOf(pod) } }
  }
  return redeploy.kind === 'none' ? { code: 'INJECTION_OFF', facts: {} } : null
}

/** The label that decided, for the sentence alone: istio-injection before the namespace's revision before the pod's own. */
function labelOf({ namespaceLabels, labels }: NewPod): { readonly label?: string; readonly where?: string } {
  const named = (where: string, of: Labels, key: string) =>
    of[key] === undefined ? [] : [{ label: `${key}=${of[key]}`, where }]
  const [found] = [
    ...named('namespace', namespaceLabels, INJECTION),
    ...named('namespace', namespaceLabels, REVISION),
    ...named('template', labels, REVISION),
    ...named('template', labels, INJECT),
  ]
  return found ?? {}
}
