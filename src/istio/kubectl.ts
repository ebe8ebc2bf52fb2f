import { stringify } from 'yaml'
import type { Change, ChangeRef } from './changes.ts'

/** The command that does a change without Meshferry: for the card, and for whoever must go back while it is away. */
export function kubectlFor(change: Change): string {
  const what = `${resourceOf(change.ref)} ${change.ref.name}${namespaceFlag(change.ref)}`
  switch (change.kind) {
    case 'apply':
      return [
        `kubectl apply --server-side --force-conflicts --field-manager=meshferry -f - <<'EOF'`,
        `${stringify(change.body, { lineWidth: 0 }).trimEnd()}`,
        'EOF',
      ].join('\n')
    case 'json-patch':
      return `kubectl patch ${what} --type=json -p ${quoted(JSON.stringify(change.operations))}`
    case 'delete':
      return `kubectl delete ${what}`
  }
}

/** `mutatingwebhookconfiguration.admissionregistration.k8s.io`; core kinds have no group. */
function resourceOf(ref: ChangeRef): string {
  const kind = ref.kind.toLowerCase()
  const slash = ref.apiVersion.indexOf('/')
  return slash < 0 ? kind : `${kind}.${ref.apiVersion.slice(0, slash)}`
}

function namespaceFlag(ref: ChangeRef): string {
  return ref.namespace === undefined ? '' : ` -n ${ref.namespace}`
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
