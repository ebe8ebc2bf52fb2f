import type { KubeServer } from '../kube-server/server.ts'

type Api = Pick<KubeServer, 'url' | 'token'>

export type ApiAnswer = { readonly code: number; readonly body: unknown }

/** POSTs to the API as its administrator does, so that admission runs as for anybody. Rejects when the connection breaks. */
export function post(kube: Api, path: string, body: unknown): Promise<ApiAnswer> {
  return send(kube, 'POST', path, { type: 'application/json', body })
}

/** The same with a JSON patch. */
export function patch(kube: Api, path: string, operations: readonly unknown[]): Promise<ApiAnswer> {
  return send(kube, 'PATCH', path, { type: 'application/json-patch+json', body: operations })
}

type Sent = { readonly type: string; readonly body: unknown }

async function send({ url, token }: Api, method: string, path: string, { type, body }: Sent): Promise<ApiAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': type, 'user-agent': 'kubectl/v1.34.4' },
    body: JSON.stringify(body),
  })
  return { code: response.status, body: await response.json() }
}
