import type { KubeServer } from '../kube-server/server.ts'

export type ApiAnswer = { readonly code: number; readonly body: unknown }

/** POSTs to the API as its administrator does, so that admission runs as for anybody. Rejects when the connection breaks. */
export async function post(kube: Pick<KubeServer, 'url' | 'token'>, path: string, body: unknown): Promise<ApiAnswer> {
  const response = await fetch(`${kube.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${kube.token}`,
      'content-type': 'application/json',
      'user-agent': 'kubectl/v1.34.4',
    },
    body: JSON.stringify(body),
  })
  return { code: response.status, body: await response.json() }
}
