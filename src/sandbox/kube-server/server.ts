import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccessRule, User } from './access.ts'
import { adminRules } from './access.ts'
import type { Injection } from './admission.ts'
import { newAdmission } from './admission.ts'
import type { Api } from './api.ts'
import { createDirectAccess } from './direct-access.ts'
import type { DirectAccess } from './direct-access.ts'
import type { Surroundings } from './handle-request.ts'
import type { InjectorChoice } from './injector.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import type { KubeObject } from './kube-object.ts'
import { nativeSidecarsByKubelet } from './native-sidecars.ts'
import type { PodDenial } from './pod-denials.ts'
import type { LoggedRequest } from './serve-http.ts'
import { serveHttp } from './serve-http.ts'
import type { StoreEvent } from './store.ts'
import { newStore } from './store.ts'
import type { Trouble } from './trouble.ts'
import { newTroubles } from './trouble.ts'
import type { OpenWatch } from './watch.ts'

export type KubeServerOptions = {
  /** What /version says; default `v1.34.4`. */
  readonly kubernetesVersion?: string
  /** Accounts besides the administrator, whose token is in the result. */
  readonly users?: readonly User[]
  /** Rights of requests without a token (default: none, 401). client-go sends no token over plain HTTP. */
  readonly anonymous?: readonly AccessRule[]
  /** Further loopback addresses (`127.0.0.2`) that serve the same objects on the same port: two API servers, one etcd. */
  readonly addresses?: readonly string[]
  /** `auto`: native sidecars when every Node's kubelet is 1.33 or newer, as Istio since 1.27. */
  readonly nativeSidecars?: boolean | 'auto'
  /** How often a watch that asked for bookmarks gets one; default 5000. The real server: about a minute. */
  readonly bookmarkEveryMs?: number
  /** The calendar for creationTimestamp and managedFields; default the machine's. */
  readonly now?: () => number
}

export type KubeServer = DirectAccess & {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly port: number
  readonly addresses: readonly string[]
  /** Bearer token of the administrator. */
  readonly token: string
  readonly now: () => number
  readonly log: readonly LoggedRequest[]
  /** Every call of an injector, dry-run ones too. */
  readonly injections: readonly Injection[]
  readonly addUser: (user: User) => void
  /** Told of every write as it is done, before its sender has an answer; the result ends it. */
  readonly listen: (listener: (event: StoreEvent) => void) => () => void
  /** Makes requests go wrong; the result lifts it. */
  readonly trouble: (trouble: Trouble) => () => void
  /** Refuses pods of a namespace; the result lifts it. */
  readonly denyPods: (denial: PodDenial) => () => void
  /** Ends open watches whose path matches; `break` destroys the connection instead of ending the stream. */
  readonly endWatches: (path?: RegExp, how?: 'end' | 'break') => number
  readonly openWatches: () => readonly string[]
  /** Forgets the history: a watch from an older version gets 410, an older continue token too. */
  readonly forgetHistory: () => void
  /** Lets one address go on seeing the webhook configurations of now, as an API server whose cache lags. */
  readonly freezeWebhooks: (address: string) => () => void
  readonly setNativeSidecars: (choice: boolean | 'auto') => void
  readonly writeKubeconfig: (file: string, options?: { token?: string; context?: string; address?: string }) => void
  readonly close: () => Promise<void>
}

/** Starts a small Kubernetes API on loopback: any kind by path, no controllers. Close it, or the process stays. */
export async function startKubeServer(options: KubeServerOptions = {}): Promise<KubeServer> {
  const store = newStore()
  const now = options.now ?? Date.now
  const token = randomBytes(16).toString('hex')
  const users = new Map<string, User>((options.users ?? []).map((user) => [user.token, user]))
  users.set(token, { token, name: 'admin', groups: ['system:masters'], rules: adminRules })
  const injections: Injection[] = []
  const denials = new Set<PodDenial>()
  const frozen = new Map<string, readonly KubeObject[]>()
  const troubles = newTroubles()
  const log: LoggedRequest[] = []
  const watches = new Set<OpenWatch>()
  let native: boolean | 'auto' = options.nativeSidecars ?? 'auto'
  const choice = (): InjectorChoice => ({
    nativeSidecars: native === 'auto' ? nativeSidecarsByKubelet(store) : native,
  })
  const admission = newAdmission({
    store,
    now,
    injections,
    choice,
    denials: () => [...denials],
    frozen: (address) => frozen.get(hostOf(address)),
  })
  const api: Api = { store, now, admission }
  const around: Surroundings = {
    api,
    kubernetesVersion: options.kubernetesVersion ?? 'v1.34.4',
    bookmarkEveryMs: options.bookmarkEveryMs ?? 5000,
    watches,
  }
  const addresses = ['127.0.0.1', ...(options.addresses ?? [])]
  const serve = serveHttp({ around, users, troubles, log, now, anonymous: options.anonymous ?? [] })
  const servers = await listenOn(addresses, serve)
  const port = portOf(servers)
  const direct = createDirectAccess(api)
  seedOwnObjects(direct, addresses, port)
  const url = `http://127.0.0.1:${port}`

  return {
    ...direct,
    url,
    port,
    addresses,
    token,
    now,
    log,
    injections,
    listen: store.listen,
    addUser: (user) => void users.set(user.token, user),
    trouble: troubles.add,
    denyPods: (denial) => {
      denials.add(denial)
      return () => denials.delete(denial)
    },
    endWatches: (path, how = 'end') => {
      const hit = [...watches].filter((watch) => !path || path.test(watch.path))
      for (const watch of hit)
        if (how === 'end') watch.end()
        else watch.cut()
      return hit.length
    },
    openWatches: () => [...watches].map((watch) => watch.path),
    forgetHistory: store.forget,
    freezeWebhooks: (address) => {
      frozen.set(address, direct.list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'))
      return () => frozen.delete(address)
    },
    setNativeSidecars: (next) => {
      native = next
    },
    writeKubeconfig: (file, { token: other = token, context = 'sandbox', address = '127.0.0.1' } = {}) =>
      writeKubeconfig(file, `http://${address}:${port}`, other, context),
    close: () => closeAll(servers),
  }
}

async function listenOn(addresses: readonly string[], serve: Parameters<typeof createServer>[1]): Promise<Server[]> {
  const servers: Server[] = []
  for (const address of addresses) {
    const server = createServer(serve)
    const port = servers.length === 0 ? 0 : portOf(servers)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, () => resolve())
    })
    servers.push(server)
  }
  return servers
}

function portOf(servers: readonly Server[]): number {
  const [first] = servers
  if (!first) throw new Error('the sandbox needs an address to listen on')
  return (first.address() as AddressInfo).port
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

/** The objects that every cluster has from its first second, and the EndpointSlice that names the API servers. */
function seedOwnObjects(direct: DirectAccess, addresses: readonly string[], port: number): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
    direct.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  const labels = { 'kubernetes.io/service-name': 'kubernetes' }
  direct.put({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels },
    addressType: 'IPv4',
    endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: 'https', protocol: 'TCP', port }],
  })
  direct.put({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', namespace: 'default' },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: [{ name: 'https', protocol: 'TCP', port }] }],
  })
  direct.put({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: port }] },
  })
}

function hostOf(address: string): string {
  return address.split(':')[0] ?? address
}
