import { loadSettings } from '../../src/config/load.ts'
import type { Settings } from '../../src/config/settings.ts'

/** The least settings file that is accepted. */
export const LEAST = `
clusters:
  prod-a:
    kube: { context: prod-a }
    channel: C0PROD
approvals:
  install: { from: [U0LEE, U0KIM] }
  switch: { from: [U0LEE, U0KIM] }
`

/** Reads from these texts by path; every other path is not there. */
export function disk(files: Readonly<Record<string, string>>): (path: string) => string {
  return (path) => {
    const text = files[path]
    if (text === undefined) throw new Error('ENOENT')
    return text
  }
}

/** The settings of this file and these variables. */
export function load(yaml: string, env: Record<string, string> = {}): Settings {
  return loadSettings({ MESHFERRY_CONFIG: '/etc/mf/meshferry.yaml', ...env }, disk({ '/etc/mf/meshferry.yaml': yaml }))
}

/** The least file with something more in its cluster. */
export function withCluster(more: string): string {
  return LEAST.replace('channel: C0PROD', `channel: C0PROD\n    ${more}`)
}
