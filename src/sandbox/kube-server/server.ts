import { randomBytes } from 'node:crypto'
import type { AccessRule, User } from './access.ts'
import { adminRules } from './access.ts'
import type { Injection } from './admission.ts'
import { newAdmission } from './admission.ts'
import { newAdmissionSwitches } from './admission-switches.ts'
import type { Api } from './api.ts'
import { createDirectAccess } from './direct-access.ts'
import type { DirectAccess } from './direct-access.ts'
import type { Surroundings } from './handle-request.ts'
import type { StoreEvent } from './history.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import { listenOn } from './listening.ts'
import { seedOwnObjects } from './own-objects.ts'
import type { PodDenial } from './pod-denials.ts'
import type { LoggedRequest } from './serve-http.ts'
import { serveHttp } from './serve-http.ts'
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

/** Starts a small Kubernetes API on loopback: any kind by path, no controllers until `startControllers`. Close it, or the process stays. */
export async function startKubeServer(options: KubeServerOptions = {}): Promise<KubeServer> {
  const { now = Date.now, nativeSidecars = 'auto' } = options
  const store = newStore()
  const token = randomBytes(16).toString('hex')
  const users = usersOf(options, token)
  const injections: Injection[] = []
  const switches = newAdmissionSwitches(store, nativeSidecars)
  const troubles = newTroubles()
  const log: LoggedRequest[] = []
  const watches = new Set<OpenWatch>()
  const api: Api = { store, now, admission: newAdmission({ store, now, injections, ...switches.seen }) }
  const around = surroundingsOf(options, api, watches)
  const addresses = ['127.0.0.1', ...(options.addresses ?? [])]
  const serve = serveHttp({ around, users, troubles, log, now, anonymous: options.anonymous ?? [] })
  const { port, close } = await listenOn(addresses, serve)
  const direct = createDirectAccess(api)
  seedOwnObjects(direct, addresses, port)

  return {
    ...direct,
    ...switches.turn,
    url: `http://127.0.0.1:${port}`,
    port,
    addresses,
    token,
    now,
    log,
    injections,
    listen: store.listen,
    addUser: (user) => void users.set(user.token, user),
    trouble: troubles.add,
    endWatches: (path, how) => endWatches(watches, path, how),
    openWatches: () => [...watches].map((watch) => watch.path),
    forgetHistory: store.forget,
    writeKubeconfig: (file, { token: other = token, context = 'sandbox', address = '127.0.0.1' } = {}) =>
      writeKubeconfig(file, `http://${address}:${port}`, other, context),
    close,
  }
}

/** The accounts by their bearer token, the administrator's among them. */
function usersOf(options: KubeServerOptions, adminToken: string): Map<string, User> {
  const users = new Map<string, User>((options.users ?? []).map((user) => [user.token, user]))
  return users.set(adminToken, { token: adminToken, name: 'admin', groups: ['system:masters'], rules: adminRules })
}

function surroundingsOf(options: KubeServerOptions, api: Api, watches: Set<OpenWatch>): Surroundings {
  const { kubernetesVersion = 'v1.34.4', bookmarkEveryMs = 5000 } = options
  return { api, kubernetesVersion, bookmarkEveryMs, watches }
}

function endWatches(watches: ReadonlySet<OpenWatch>, path: RegExp | undefined, how: 'end' | 'break' = 'end'): number {
  const hit = [...watches].filter((watch) => !path || path.test(watch.path))
  for (const watch of hit)
    if (how === 'end') watch.end()
    else watch.cut()
  return hit.length
}
