import { stringify } from 'yaml'
import type { Change, ChangeOperation, ChangeRef } from './changes.ts'

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

/**
 * The same in lines of at most `max` characters: a longer patch entry by entry, each line with the tests that say it is still
 * the same object. What is too long even so is named, not cut: half a command would be run.
 */
export function kubectlLines(change: Change, max: number): readonly string[] {
  const whole = kubectlFor(change)
  if (whole.length <= max) return [whole]
  const parts =
    change.kind === 'json-patch' ? byEntry(change).map((operations) => ({ ...change, operations })) : [change]
  return parts.map((part) => {
    const line = kubectlFor(part)
    return line.length <= max ? line : tooLong(part, line.length)
  })
}

const ENTRY = /^\/webhooks\/\d+\//

function byEntry({ operations }: Extract<Change, { kind: 'json-patch' }>): readonly (readonly ChangeOperation[])[] {
  const common = operations.filter(({ path }) => !ENTRY.test(path))
  const entries = Map.groupBy(operations, ({ path }) => ENTRY.exec(path)?.[0] ?? '')
  return [...entries].flatMap(([entry, own]) => (entry === '' ? [] : [[...common, ...own]]))
}

function tooLong(change: Change, length: number): string {
  const what = `${resourceOf(change.ref)} ${change.ref.name}${namespaceFlag(change.ref)}`
  return `# ${change.kind} of ${what}: ${length} characters, too long for a card`
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
