import { parseImage } from './image-names.ts'
import type { Container, Pod } from './objects.ts'
import { readStatusAnnotation } from './status-annotation.ts'
import { eraOf, formatVersion, parseVersion } from './versions.ts'

/** Where the revision was read: intent (a plain label) only counts for the generations that injected it. */
type RevisionEvidence = 'status' | 'annotation' | 'label' | 'none'

type NoSidecar = 'finished' | 'not-injected' | 'ztunnel'

/**
 * What a pod carries of Istio. `gateway`: injected with the gateway template. `waypoint` and `kube-gateway`: made by
 * istiod for a Gateway object, without injection.
 */
export type Sidecar =
  | { readonly kind: 'none'; readonly why: NoSidecar }
  | {
      readonly kind: 'sidecar' | 'gateway' | 'waypoint' | 'kube-gateway'
      /** Null when nothing in the pod says it (1.7–1.10 without a label): ask the istiods. */
      readonly revision: string | null
      readonly evidence: RevisionEvidence
      /** `1.30.0`, from the image's tag; null for an image by digest or with a name of its own. */
      readonly version: string | null
      readonly image: string
      /** istio-proxy is an init container with restartPolicy Always. */
      readonly native: boolean
      /** The annotation that pins the image: a redeploy keeps the old proxy. */
      readonly pinnedImage: string | null
      /** istio-proxy is there twice, as container and as init container. */
      readonly doubled: boolean
    }

const PROXY = 'istio-proxy'
const REVISION = 'istio.io/rev'

/** Which sidecar a pod carries: the rules of every generation from 1.7 (native sidecars from 1.19). Total. */
export function sidecarOf(pod: Pod): Sidecar {
  if (isFinished(pod)) return { kind: 'none', why: 'finished' }
  const plain = proxyIn(pod.spec?.containers)
  const native = proxyIn(pod.spec?.initContainers)
  const proxy = plain ?? native
  if (proxy === undefined) return { kind: 'none', why: 'not-injected' }
  if (isZtunnel(pod, proxy)) return { kind: 'none', why: 'ztunnel' }
  const kind = kindOf(pod)
  if (kind === null) return { kind: 'none', why: 'not-injected' }
  return {
    kind,
    ...proxyFacts(pod, proxy),
    native: plain === undefined,
    doubled: plain !== undefined && native !== undefined,
  }
}

type Present = Exclude<Sidecar, { kind: 'none' }>

function proxyFacts(pod: Pod, proxy: Container): Omit<Present, 'kind' | 'native' | 'doubled'> {
  const image = proxy.image ?? ''
  const version = versionOf(image)
  const pinnedImage = pod.metadata.annotations?.['sidecar.istio.io/proxyImage'] ?? null
  return { ...revisionOf(pod, version), version, image, pinnedImage }
}

/** Pods that have ended carry no sidecar any more, whatever their annotations say. */
function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

function proxyIn(containers: readonly Container[] | undefined): Container | undefined {
  return containers?.find((container) => container.name === PROXY)
}

/** ztunnel's container has the sidecar's name. */
function isZtunnel(pod: Pod, proxy: Container): boolean {
  return pod.metadata.labels?.['app'] === 'ztunnel' || parseImage(proxy.image ?? '').name === 'ztunnel'
}

function kindOf(pod: Pod): 'sidecar' | 'gateway' | 'waypoint' | 'kube-gateway' | null {
  const { annotations, labels } = pod.metadata
  const managed = labels?.['gateway.istio.io/managed']
  if (managed !== undefined) return managed.includes('mesh-controller') ? 'waypoint' : 'kube-gateway'
  if (labels?.['gateway.networking.k8s.io/gateway-name'] !== undefined) return 'kube-gateway'
  if (annotations?.['sidecar.istio.io/status'] === undefined) return null
  return isGatewayTemplate(annotations['inject.istio.io/templates']) ? 'gateway' : 'sidecar'
}

/** The annotation inject.istio.io/templates is a comma-separated list. */
export function isGatewayTemplate(templates: string | undefined): boolean {
  return (templates ?? '').split(',').some((template) => template.trim() === 'gateway')
}

function versionOf(image: string): string | null {
  const tag = parseImage(image).tag
  const version = tag === null || !/^v?\d+\.\d+\.\d+/.test(tag) ? null : parseVersion(tag)
  return version === null ? null : formatVersion(version)
}

function revisionOf(
  pod: Pod,
  version: string | null,
): { readonly revision: string | null; readonly evidence: RevisionEvidence } {
  const { annotations, labels } = pod.metadata
  const status = readStatusAnnotation(annotations?.['sidecar.istio.io/status'])
  if (status?.revision !== undefined) return { revision: status.revision, evidence: 'status' }
  const annotated = annotations?.[REVISION]
  if (annotated !== undefined) return { revision: annotated, evidence: 'annotation' }
  const labelled = labels?.[REVISION]
  if (labelled !== undefined && injectsRevisionLabel(version)) return { revision: labelled, evidence: 'label' }
  return { revision: null, evidence: 'none' }
}

/** The injector of 1.7–1.10 set the pod's label; from 1.11 on a label is the user's wish, or a tag's name. */
function injectsRevisionLabel(version: string | null): boolean {
  const parsed = version === null ? null : parseVersion(version)
  if (parsed === null) return false
  return eraOf(parsed) === 'one-entry' || (parsed.major === 1 && parsed.minor === 10)
}
