import { existsSync, readFileSync } from 'node:fs'
import type { RequestOptions } from 'node:https'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { CodedError, messageOf } from '../kernel/errors.ts'

/** Which cluster: a context of the kubeconfig (its current one where none is named), or the one this process runs in. */
export type KubeSource = { readonly context?: string } | { readonly inCluster: true }

/** What one connection needs to be trusted and to be let in. Short-lived: ask again for every request. */
export type KubeCredentials = {
  readonly headers: Readonly<Record<string, string>>
  readonly tls: {
    readonly ca?: string | Buffer
    readonly cert?: string | Buffer
    readonly key?: string | Buffer
    readonly servername?: string
    readonly rejectUnauthorized?: boolean
  }
}

export type KubeAccess = {
  /** Address of the API server, as the kubeconfig names it, without a trailing slash. */
  readonly server: string
  readonly proxyUrl?: string
  readonly credentials: () => Promise<KubeCredentials>
  /** Arguments by which istioctl and kubectl reach the same cluster. */
  readonly cliArgs: readonly string[]
  /** True when a program outside (aws, gcloud …) makes the credentials: it needs the person's own HOME. */
  readonly usesExecPlugin: boolean
}

const TOKEN_DIR = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * Opens the kubeconfig as kubectl does: files of KUBECONFIG (the first one wins), else ~/.kube/config. Throws
 * KUBECONFIG_MISSING, KUBECONFIG_UNREADABLE or KUBE_CONTEXT_MISSING {context, contexts}.
 */
export function openKubeConfig(source: KubeSource, env: Readonly<Record<string, string | undefined>>): KubeAccess {
  if ('inCluster' in source) return accessOf(inClusterConfig(env), [])
  const files = kubeconfigFiles(env)
  const config = loadFiles(files)
  const context = source.context ?? config.getCurrentContext()
  if (!context || !config.getContextObject(context)) {
    const contexts = config.getContexts().map((known) => known.name)
    throw new CodedError('KUBE_CONTEXT_MISSING', { context: context ?? '', contexts, files })
  }
  config.setCurrentContext(context)
  return accessOf(config, cliArgsOf(files, context))
}

function cliArgsOf(files: readonly string[], context: string): readonly string[] {
  // Several files can only be named by KUBECONFIG, which the child inherits.
  const [only, ...more] = files
  const named = only !== undefined && more.length === 0 ? ['--kubeconfig', only] : []
  return [...named, '--context', context]
}

function kubeconfigFiles(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  const candidates = named.length > 0 ? named : [join(env['HOME'] ?? homedir(), '.kube', 'config')]
  const found = candidates.filter((file) => existsSync(file))
  if (found.length === 0) throw new CodedError('KUBECONFIG_MISSING', { files: candidates })
  return found
}

function loadFiles(files: readonly string[]): KubeConfig {
  const merged = new KubeConfig()
  for (const file of files) {
    const part = new KubeConfig()
    try {
      part.loadFromFile(file)
    } catch (error) {
      throw new CodedError('KUBECONFIG_UNREADABLE', { file, message: messageOf(error) }, { cause: error })
    }
    addMissing(merged, part)
  }
  return merged
}

/** kubectl keeps the first of two entries with one name; client-node's own merge throws. */
function addMissing(into: KubeConfig, part: KubeConfig): void {
  into.clusters = [...into.clusters, ...part.clusters.filter((c) => !into.clusters.some((k) => k.name === c.name))]
  into.users = [...into.users, ...part.users.filter((u) => !into.users.some((k) => k.name === u.name))]
  into.contexts = [...into.contexts, ...part.contexts.filter((c) => !into.contexts.some((k) => k.name === c.name))]
  if (!into.currentContext && part.currentContext) into.setCurrentContext(part.currentContext)
}

function inClusterConfig(env: Readonly<Record<string, string | undefined>>): KubeConfig {
  const host = env['KUBERNETES_SERVICE_HOST']
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '443'
  if (!host || !existsSync(join(TOKEN_DIR, 'token'))) {
    throw new CodedError('KUBECONFIG_MISSING', { files: [join(TOKEN_DIR, 'token')] })
  }
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [
      {
        name: 'in-cluster',
        caFile: join(TOKEN_DIR, 'ca.crt'),
        server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
        skipTLSVerify: false,
      },
    ],
    // client-node reads the token file again each minute: projected tokens are rotated.
    users: [{ name: 'pod', authProvider: { name: 'tokenFile', config: { tokenFile: join(TOKEN_DIR, 'token') } } }],
    contexts: [{ name: 'in-cluster', cluster: 'in-cluster', user: 'pod' }],
    currentContext: 'in-cluster',
  })
  return config
}

function accessOf(config: KubeConfig, cliArgs: readonly string[]): KubeAccess {
  const cluster = config.getCurrentCluster()
  if (!cluster)
    throw new CodedError('KUBECONFIG_UNREADABLE', { file: '', message: 'the context names no known cluster' })
  if (cluster.server.startsWith('http:')) {
    // client-node refuses plain http unless TLS checks are off; there is nothing to check on plain http.
    config.clusters = config.clusters.map((one) => (one === cluster ? { ...one, skipTLSVerify: true } : one))
  }
  const user = config.getCurrentUser()
  return {
    server: cluster.server.replace(/\/+$/, ''),
    ...(cluster.proxyUrl ? { proxyUrl: cluster.proxyUrl } : {}),
    credentials: async () => credentialsOf(config),
    cliArgs,
    usesExecPlugin: Boolean(user?.exec) || !['tokenFile', undefined].includes(user?.authProvider?.name),
  }
}

async function credentialsOf(config: KubeConfig): Promise<KubeCredentials> {
  const options: RequestOptions = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw new CodedError('KUBE_CREDENTIALS', { message: messageOf(error) }, { cause: error })
  }
  const headers = Object.entries(options.headers ?? {}).map(([key, value]) => [key, String(value)])
  if (options.auth) headers.push(['Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`])
  return {
    headers: Object.fromEntries(headers),
    tls: {
      ...(options.ca ? { ca: pem(options.ca) } : {}),
      ...(options.cert ? { cert: pem(options.cert) } : {}),
      ...(options.key ? { key: pem(options.key) } : {}),
      ...(options.servername ? { servername: options.servername } : {}),
      ...(options.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: options.rejectUnauthorized }),
    },
  }
}

function pem(value: unknown): string | Buffer {
  return Buffer.isBuffer(value) ? value : String(value)
}

/** Namespace and name of this pod, where the Deployment hands them down; null outside a cluster. */
export function ownPod(env: Readonly<Record<string, string | undefined>>): { namespace: string; name: string } | null {
  const name = env['POD_NAME']
  if (!name) return null
  const file = join(TOKEN_DIR, 'namespace')
  const namespace = env['POD_NAMESPACE'] ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
  return namespace ? { namespace, name } : null
}
