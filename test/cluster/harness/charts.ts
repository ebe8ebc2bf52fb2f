import { join } from 'node:path'
import { moduleFolder } from './cache.ts'
import { mustRun } from './run-command.ts'

/** Istio's own charts, as the pinned module carries them. */
export type Chart = 'base' | 'istiod' | 'gateway' | 'cni'

const FOLDERS: Readonly<Record<Chart, string>> = {
  base: 'base',
  istiod: 'istio-control/istio-discovery',
  gateway: 'gateway',
  cni: 'istio-cni',
}

/** The folder of a chart in Go's module cache (read-only there, and the same for every run). */
export async function chartFolder(chart: Chart): Promise<string> {
  return join(await sourceOf('istio.io/istio'), 'manifests', 'charts', FOLDERS[chart])
}

/** The folder of the Gateway API's own CRDs, standard channel, of the version that the pinned istiod knows. */
export async function gatewayApiFolder(): Promise<string> {
  return join(await sourceOf('sigs.k8s.io/gateway-api'), 'config', 'crd', 'standard')
}

async function sourceOf(module: string): Promise<string> {
  const { stdout } = await mustRun('go', ['list', '-m', '-f', '{{.Dir}}', module], { cwd: moduleFolder('istio') })
  return stdout.trim()
}
