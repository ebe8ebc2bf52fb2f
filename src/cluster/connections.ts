import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import type { ApiRoute } from '../ports/cluster.ts'
import type { KubeAccess, KubeCredentials } from './kube-config.ts'

/** One way to the API server: where to send, and the connections to send it on. */
type Connection = {
  readonly origin: string
  readonly dispatcher: Dispatcher
  /** Ends connections that were made for one request only. */
  readonly release: () => void
}

export type Connections = {
  readonly open: (credentials: KubeCredentials, via: ApiRoute | undefined, use: 'calls' | 'watches') => Connection
  readonly close: () => Promise<void>
}

const KEEP_ALIVE_MS = 30_000
const CONNECT_TIMEOUT_MS = 5000

/**
 * Pools of keep-alive connections, one per set of credentials. HTTP/1.1 on purpose: with HTTP/2 one broken connection
 * would stall every watch and call at once.
 */
export function newConnections(access: KubeAccess): Connections {
  const pools = new Map<string, Dispatcher>()
  let closed = false
  const pool = (key: string, make: () => Dispatcher): Dispatcher => {
    const known = pools.get(key)
    if (known) return known
    const made = make()
    pools.set(key, made)
    return made
  }
  return {
    open(credentials, via, use) {
      if (closed) throw new Error('the connections were closed')
      if (via?.kind === 'fresh') return throwaway(access, credentials)
      const origin = via ? originOf(access, via) : access.server
      const key = `${use} ${origin} ${fingerprint(credentials)}`
      const dispatcher = pool(key, () => newDispatcher(access, credentials, via))
      return { origin, dispatcher, release: () => {} }
    },
    async close() {
      closed = true
      const all = [...pools.values()]
      pools.clear()
      await Promise.all(all.map((one) => one.destroy()))
    },
  }
}

function throwaway(access: KubeAccess, credentials: KubeCredentials): Connection {
  const dispatcher = newDispatcher(access, credentials, undefined)
  return { origin: access.server, dispatcher, release: () => void dispatcher.destroy() }
}

function originOf(access: KubeAccess, via: { readonly host: string; readonly port: number }): string {
  const scheme = new URL(access.server).protocol
  return `${scheme}//${isIP(via.host) === 6 ? `[${via.host}]` : via.host}:${via.port}`
}

function newDispatcher(access: KubeAccess, credentials: KubeCredentials, via: ApiRoute | undefined): Dispatcher {
  const common = { keepAliveTimeout: KEEP_ALIVE_MS, bodyTimeout: 0, headersTimeout: 0, allowH2: false }
  const tls = via?.kind === 'address' ? tlsToAddress(access, credentials, via.host) : credentials.tls
  if (access.proxyUrl && !via) return new ProxyAgent({ ...common, uri: access.proxyUrl, requestTls: tls })
  const connect = { ...tls, timeout: CONNECT_TIMEOUT_MS, keepAlive: true, keepAliveInitialDelay: 15_000 }
  return new Agent({ ...common, connect })
}

/**
 * Another server of the same cluster: its certificate comes from the same authority, but may not name the address that
 * is dialled. Names that stand for "an API server of this cluster" are accepted: the kubeconfig's own, and
 * `kubernetes.default.svc`, which every API server's certificate carries for the pods' sake.
 */
function tlsToAddress(access: KubeAccess, credentials: KubeCredentials, host: string): object {
  const known = credentials.tls.servername ?? new URL(access.server).hostname.replace(/^\[|\]$/g, '')
  const names = [known, 'kubernetes.default.svc', host]
  return {
    ...credentials.tls,
    servername: isIP(known) ? 'kubernetes.default.svc' : known,
    checkServerIdentity: (_host: string, certificate: PeerCertificate): Error | undefined => {
      const errors = names.map((name) => checkServerIdentity(name, certificate))
      return errors.includes(undefined) ? undefined : errors[0]
    },
  }
}

/** Client certificates are rotated: new ones need new connections. Headers (tokens) don't. */
function fingerprint(credentials: KubeCredentials): string {
  const { ca, cert, key, servername, rejectUnauthorized } = credentials.tls
  const hash = createHash('sha256')
  for (const part of [ca, cert, key, servername, String(rejectUnauthorized)]) hash.update(part ?? '').update('\0')
  return hash.digest('hex')
}
