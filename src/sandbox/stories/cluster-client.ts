import { isKubeObject, type KubeObject } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'

export type Answered = { readonly code: number; readonly message: string; readonly object: KubeObject | null }

/** Creates an object over HTTP as the administrator, through admission and the live webhooks. Code 0: no answer. */
export async function post({ url, token }: KubeServer, path: string, body: unknown): Promise<Answered> {
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'user-agent': 'sandbox/1' },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    const message = typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : ''
    return { code: response.status, message, object: response.ok && isKubeObject(answer) ? answer : null }
  } catch {
    return { code: 0, message: 'the API server is away', object: null }
  }
}
