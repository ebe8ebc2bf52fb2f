import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { build } from './build.ts'
import type { Mesh } from './mesh.ts'
import { pathOf, PROXIES } from './programs.ts'

export type ConnectedProxy = {
  readonly address: string
  readonly name: string
  readonly namespace: string
  readonly version: string
}

/**
 * Holds an XDS stream per proxy open to the first istiod of a revision, so that istiod counts them as connected. Resolves
 * when all are; the returned function closes them.
 */
export async function connectProxies(
  mesh: Mesh,
  revision: string,
  proxies: readonly ConnectedProxy[],
): Promise<() => Promise<void>> {
  await build([PROXIES])
  const [address] = mesh.addressesOf(revision)
  if (address === undefined) throw new Error(`no istiod of revision ${revision} runs`)
  const argv = ['--pdeathsig', 'KILL', '--', pathOf(PROXIES), `${address}:15010`]
  const child = spawn('setpriv', argv, { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  child.stdin.end(proxies.map((one) => `${one.address} ${one.name} ${one.namespace} ${one.version}\n`).join(''))
  const lines = createInterface({ input: child.stdout })
  const connected = once(lines, 'line').then(() => true)
  const failed = exited.then(() => false)
  if (!(await Promise.race([connected, failed]))) throw new Error('the proxies could not connect to istiod')
  return async () => {
    child.kill('SIGTERM')
    await exited
  }
}
