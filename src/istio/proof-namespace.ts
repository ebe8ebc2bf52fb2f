import { stringify } from 'yaml'
import type { Namespace } from './objects.ts'
import { PROBE_LABEL } from './probe-pods.ts'
import { eraOf, parseVersion } from './versions.ts'

/**
 * Up to 1.9 the injector of a revision looks at the namespace alone (charts at 1.7.8 and 1.9.9, mutatingwebhook.yaml:
 * `istio.io/rev In [REV]`, no objectSelector), so that no pod can ask for it by a label of its own.
 */
export function asksByNamespace(version: string): boolean {
  const parsed = parseVersion(version)
  return parsed !== null && eraOf(parsed) === 'one-entry'
}

/** What the namespace is called in which such a revision is asked for; `ours` is Meshferry's own namespace. */
export function proofNamespaceName(ours: string): string {
  return `${ours}${SUFFIX}`
}

/** That namespace. Nothing is ever stored in it: a proof is a dry-run pod. */
export function proofNamespace(ours: string, revision: string): Namespace {
  const labels = { ...MARKS, 'istio.io/rev': revision }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: proofNamespaceName(ours), labels } }
}

/** Made by Meshferry for a proof: no tenant's, so that it belongs to no class; and the only one that Meshferry ever removes. */
export function isProofNamespace({ metadata: { name, labels = {} } }: Namespace): boolean {
  return name.endsWith(SUFFIX) && Object.entries(MARKS).every(([key, value]) => labels[key] === value)
}

/** How a person makes it: never over one that is there already. */
export function makeProofNamespaceByHand(ours: string, revision: string): string {
  return `kubectl create -f - <<'EOF'\n${stringify(proofNamespace(ours, revision)).trimEnd()}\nEOF`
}

/** How a person removes it: by its name and its marks, so that one of its name that is somebody's stays. */
export function removeProofNamespaceByHand(ours: string): string {
  const selector = Object.entries(MARKS).map(([key, value]) => `${key}=${value}`)
  return `kubectl delete namespace -l ${selector.join(',')} --field-selector metadata.name=${proofNamespaceName(ours)}`
}

const SUFFIX = '-install-proof'
const MARKS: Readonly<Record<string, string>> = {
  'app.kubernetes.io/managed-by': 'meshferry',
  [PROBE_LABEL]: 'install',
}
