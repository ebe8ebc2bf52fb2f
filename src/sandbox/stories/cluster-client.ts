import { isKubeObject, type KubeObject, textAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { post as send } from '../world/api-client.ts'

export type Answered = { readonly code: number; readonly message: string; readonly object: KubeObject | null }

/** Creates an object over HTTP as the administrator, through admission and the live webhooks. Code 0: no answer. */
export async function post(kube: KubeServer, path: string, body: unknown): Promise<Answered> {
  try {
    const { code, body: answer } = await send(kube, path, body)
    return {
      code,
      message: textAt(answer, 'message') ?? '',
      object: code < 300 && isKubeObject(answer) ? answer : null,
    }
  } catch {
    return { code: 0, message: 'the API server is away', object: null }
  }
}
