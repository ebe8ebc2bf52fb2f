import { request } from 'undici'
import type { ControlPlane } from './control-plane.ts'

/** Compacts etcd to now, and starts the first API server anew: its cache holds events that etcd no longer has. */
export async function forgetHistory(plane: ControlPlane): Promise<void> {
  const { metadata } = await plane.api.need<{ metadata: { resourceVersion: string } }>('GET', '/api/v1/namespaces')
  const { hostname } = new URL(plane.servers[0] ?? '')
  const { statusCode, body } = await request(`http://${hostname}:2379/v3/kv/compaction`, {
    method: 'POST',
    body: JSON.stringify({ revision: metadata.resourceVersion, physical: true }),
  })
  const said = await body.text()
  if (statusCode !== 200) throw new Error(`etcd did not compact: ${said}`)
  await plane.stopApiServer(0)
  await plane.startApiServer(0)
}
