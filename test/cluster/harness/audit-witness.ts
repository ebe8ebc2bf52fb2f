import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** One webhook that an API server called for a pod creation, and whether it changed the pod. */
export type WebhookCall = { readonly configuration: string; readonly webhook: string; readonly mutated: boolean }

type AuditLine = { readonly auditID?: string; readonly annotations?: Readonly<Record<string, string>> }

/**
 * Says, from the API servers' audit logs, which webhooks changed the pod of a request. Reads only what was appended since
 * the last call.
 */
export function auditWitness(logs: readonly string[]): (auditId: string) => readonly WebhookCall[] | null {
  const seen = new Map<string, readonly WebhookCall[]>()
  const tails = logs.map((log) => tailOf(log))
  return (auditId) => {
    for (const tail of tails) for (const line of tail()) remember(seen, line)
    return seen.get(auditId) ?? null
  }
}

function remember(seen: Map<string, readonly WebhookCall[]>, line: string): void {
  const { auditID, annotations = {} } = JSON.parse(line) as AuditLine
  if (auditID === undefined) return
  const calls = Object.entries(annotations)
    .filter(([name]) => name.startsWith('mutation.webhook.admission.k8s.io/'))
    .map(([, text]) => JSON.parse(text) as WebhookCall)
  seen.set(auditID, calls)
}

function tailOf(file: string): () => readonly string[] {
  let offset = 0
  let rest = ''
  return () => {
    const text = readFrom(file, offset)
    offset += Buffer.byteLength(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    return lines.filter((line) => line !== '')
  }
}

function readFrom(file: string, offset: number): string {
  const handle = openSync(file, 'r')
  try {
    const length = fstatSync(handle).size - offset
    const buffer = Buffer.alloc(Math.max(0, length))
    readSync(handle, buffer, 0, buffer.length, offset)
    return buffer.toString('utf8')
  } finally {
    closeSync(handle)
  }
}
