import type { KubeObject } from './kube-object.ts'
import type { KubeServer } from './server.ts'

export type Reply = { readonly code: number; readonly body: KubeObject & { readonly [field: string]: unknown } }

/** A bare HTTP client for tests of the server itself: what a request really sends and gets. */
export function testClient(server: Pick<KubeServer, 'url' | 'token'>, token = server.token) {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'test/1',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { code: response.status, body: JSON.parse(text) as Reply['body'] }
  }
  return {
    call,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
    put: (path: string, body: unknown) => call('PUT', path, body),
    del: (path: string, body?: unknown) => call('DELETE', path, body),
    patch: (path: string, type: 'merge' | 'json' | 'strategic-merge', body: unknown) =>
      call('PATCH', path, body, { 'content-type': `application/${type}-patch+json` }),
    apply: (path: string, manager: string, body: unknown, force = false) =>
      call('PATCH', `${path}${path.includes('?') ? '&' : '?'}fieldManager=${manager}&force=${force}`, body, {
        'content-type': 'application/apply-patch+yaml',
      }),
  }
}

/** A pod as a probe sends it. */
export function probePod(labels: Record<string, string> = {}, annotations: Record<string, string> = {}): KubeObject {
  const containers = [{ name: 'app', image: 'registry.example.com/app:1.0.0' }]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: '', generateName: 'probe-', labels, annotations },
    spec: { containers },
  }
}

export function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }
}
