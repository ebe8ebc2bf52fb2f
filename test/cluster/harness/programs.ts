import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { binariesOf, moduleFolder, pinHash } from './cache.ts'
import type { GoModule } from './cache.ts'

/** One binary: which module builds it from which package, and the version that is linked into it (Istio's only). */
export type Program = {
  readonly module: GoModule
  readonly name: string
  readonly package: string
  readonly label?: string
}

export const KUBE_APISERVER = kube('kube-apiserver')
export const KUBE_CONTROLLER_MANAGER = kube('kube-controller-manager')
export const KUBECTL = kube('kubectl')
export const ETCD: Program = { module: 'etcd', name: 'etcd', package: 'go.etcd.io/etcd/server/v3' }
/** Our own stand-in for connected sidecars: XDS streams without Envoy. */
export const PROXIES: Program = { module: 'istio', name: 'proxies', package: './proxies' }
/** Our own stand-in for the kubelet's end of a port-forward. Its name changes with its source, as the folder's doesn't. */
export const PORT_FORWARD: Program = {
  module: 'istio',
  name: `port-forward-${pinHash(moduleFolder('istio'), ['portforward/main.go'])}`,
  package: './portforward',
}
export const HELM: Program = { module: 'helm', name: 'helm', package: 'helm.sh/helm/v3/cmd/helm' }

/** `istioctl-1.30.0`: one source, another version linked in. The layout is what `istioctl.dir` of meshferry.yaml wants. */
export function istioctlOf(label: string): Program {
  return { module: 'istio', name: `istioctl-${label}`, package: 'istio.io/istio/istioctl/cmd/istioctl', label }
}

/** istiod's program of one version. */
export function istiodOf(label: string): Program {
  return {
    module: 'istio',
    name: `pilot-discovery-${label}`,
    package: 'istio.io/istio/pilot/cmd/pilot-discovery',
    label,
  }
}

/** The versions that every run needs; others are linked when a test asks for them. */
export const USUAL_VERSIONS: readonly string[] = ['1.30.0', '1.31.0']

export function usualPrograms(): readonly Program[] {
  const istio = USUAL_VERSIONS.flatMap((label) => [istioctlOf(label), istiodOf(label)])
  return [ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, KUBECTL, HELM, ...istio, PROXIES]
}

export function pathOf(program: Program): string {
  return join(binariesOf(program.module), program.name)
}

/** Versions are linked in, as the projects' own builds do it: Istio's by label, Kubernetes' as go.mod pins it. */
export function linkerFlags(program: Program): string {
  const set = Object.entries(versionFacts(program)).map(([name, value]) => `-X ${name}=${value}`)
  return ['-s', '-w', ...set].join(' ')
}

function versionFacts({ module, label }: Program): Readonly<Record<string, string>> {
  if (module === 'kube') return kubernetesFacts()
  if (label === undefined) return {}
  const facts = { buildVersion: label, buildTag: label, buildHub: 'docker.io/istio', buildStatus: 'Clean' }
  return prefixed('istio.io/istio/pkg/version.', facts)
}

/** Without these /version says `v0.0.0-master+$Format:%H$`, which istioctl's precheck refuses to parse. */
function kubernetesFacts(): Readonly<Record<string, string>> {
  const pinned = /^\s*(?:require )?k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)$/m
  const [, gitVersion = '', gitMajor = '', gitMinor = ''] =
    pinned.exec(readFileSync(join(moduleFolder('kube'), 'go.mod'), 'utf8')) ?? []
  return prefixed('k8s.io/component-base/version.', { gitVersion, gitMajor, gitMinor, gitTreeState: 'clean' })
}

function prefixed(prefix: string, facts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [prefix + name, value]))
}

function kube(name: string): Program {
  return { module: 'kube', name, package: `k8s.io/kubernetes/cmd/${name}` }
}
