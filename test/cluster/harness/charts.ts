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
  const { stdout } = await mustRun('go', ['list', '-m', '-f', '{{.Dir}}', 'istio.io/istio'], {
    cwd: moduleFolder('istio'),
  })
  return join(stdout.trim(), 'manifests', 'charts', FOLDERS[chart])
}
