import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import type { AddressInfo } from 'node:net'
import type { Mesh } from '../harness/mesh.ts'
import { makePki, writeKubeconfig } from '../harness/pki.ts'

/** A load balancer before the API servers, as managed clouds have it. */
export type Balancer = { readonly kubeconfig: string; readonly close: () => void }

/**
 * Ends TLS with a certificate of its own authority and gives each connection to the next API server in turn. The kubeconfig
 * knows only that authority, so that the API servers' own addresses can't be dialled with it.
 */
export async function startBalancer(mesh: Mesh): Promise<Balancer> {
  const pki = await makePki(join(mesh.folder, 'balancer'), [])
  const upstream = mesh.plane.servers.map((server) => new URL(server))
  const open = new Set<TLSSocket>()
  let turn = 0
  const server = createServer({ cert: readFileSync(pki.cert), key: readFileSync(pki.key) }, (near) => {
    const target = upstream[turn++ % upstream.length]
    const far = connect({ host: target?.hostname ?? '', port: Number(target?.port), ca: mesh.plane.pki.caPem })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => open.delete(from) && to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const file = join(mesh.folder, 'balancer.kubeconfig')
  const kubeconfig = writeKubeconfig(file, `https://127.0.0.1:${port}`, pki.caPem, { token: mesh.plane.adminToken })
  return {
    kubeconfig,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
