import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startKubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { WireServer } from './wire-stage.ts'

/** A sandbox API server with nothing in it. */
export async function sandboxServer(): Promise<WireServer> {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-contract-'))
  const rules = [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['namespaces'] }]
  const server = await startKubeServer({ users: [{ token: 'limited', name: 'limited', rules }] })
  const kubeconfig = join(folder, 'admin')
  const limited = join(folder, 'limited')
  server.writeKubeconfig(kubeconfig)
  server.writeKubeconfig(limited, { token: 'limited' })
  return {
    kubeconfig,
    limited,
    forget: () => Promise.resolve(server.forgetHistory()),
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
