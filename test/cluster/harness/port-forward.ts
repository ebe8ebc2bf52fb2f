import { connect } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { build } from './build.ts'
import type { Mesh } from './mesh.ts'
import { startProc } from './proc.ts'
import { pathOf, PORT_FORWARD } from './programs.ts'

/** Where an API server looks for every kubelet of a mesh. */
const KUBELET_PORT = 10_250

/**
 * Lets clients forward ports to the pods of a mesh, as kubelets do: `istioctl proxy-status` asks istiods that way. The
 * returned function ends it.
 */
export async function forwardPorts(mesh: Mesh): Promise<() => Promise<void>> {
  await build([PORT_FORWARD])
  const server = mesh.plane.servers[0] ?? ''
  const { hostname } = new URL(server)
  const proc = startProc({
    name: 'port-forward',
    argv: [pathOf(PORT_FORWARD), `${hostname}:${KUBELET_PORT}`, server],
    env: { TOKEN: mesh.plane.adminToken },
    log: join(mesh.folder, 'port-forward.log'),
  })
  await addInterface()
  await mesh.waitFor('the kubelet port', () => listens(hostname))
  return () => proc.stop('SIGKILL')
}

/** istiod refuses a client that names no address of its own, and istioctl takes none from a loopback device. */
async function addInterface(): Promise<void> {
  await execa('ip', ['link', 'add', 'mf0', 'type', 'veth', 'peer', 'name', 'mf1'], { reject: false })
  await execa('ip', ['addr', 'add', '192.168.255.1/32', 'dev', 'mf0'], { reject: false })
  for (const device of ['mf0', 'mf1']) await execa('ip', ['link', 'set', device, 'up'])
}

function listens(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(KUBELET_PORT, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
