import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'

/**
 * Writes a kubeconfig with one cluster, user and context (which is the current one), readable by its owner only.
 * `insecure-skip-tls-verify` is there because @kubernetes/client-node refuses plain HTTP without it.
 */
export function writeKubeconfig(file: string, url: string, token: string, context: string): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: context, user: { token } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  }
  writeFileSync(file, stringify(config), { mode: 0o600 })
}
