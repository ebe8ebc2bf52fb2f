import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AddressRange } from './address-range.ts'
import { connect } from './kube-api.ts'
import type { KubeApi } from './kube-api.ts'
import { makePki, writeKubeconfig } from './pki.ts'
import type { Pki } from './pki.ts'
import { startProc } from './proc.ts'
import type { Proc } from './proc.ts'
import { ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, pathOf } from './programs.ts'

/** etcd, one or two API servers on it, and the controllers: a Kubernetes without nodes. */
export type ControlPlane = {
  readonly api: KubeApi
  readonly pki: Pki
  /** The bearer token of system:masters. */
  readonly adminToken: string
  /** `https://ADDRESS:6443` of each API server. */
  readonly servers: readonly string[]
  /** A kubeconfig of system:masters for each API server. */
  readonly kubeconfigs: readonly string[]
  readonly auditLogs: readonly string[]
  readonly stopApiServer: (index: number, signal?: NodeJS.Signals) => Promise<void>
  readonly startApiServer: (index: number) => Promise<void>
  readonly stop: () => Promise<void>
}

const ADMIN_TOKEN = 'admin-of-the-test-cluster'
const READY_WITHIN_MS = 60_000

/**
 * Webhook calls of pod creations, with the audit's own account of which webhook changed the pod: a witness of double
 * injection that doesn't rest on what a sidecar looks like.
 */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata', verbs: ['create'], resources: [{ group: '', resources: ['pods'] }] }, { level: 'None' }],
}

export async function startControlPlane(folder: string, range: AddressRange, count: 1 | 2): Promise<ControlPlane> {
  const addresses = range.apiServers.slice(0, count)
  const pki = await makePki(join(folder, 'pki'), range.apiServers)
  const servers = addresses.map((address) => `https://${address}:6443`)
  const kubeconfigs = servers.map((server, index) => adminKubeconfig(folder, index, server, pki))
  writeFileSync(join(folder, 'tokens.csv'), `${ADMIN_TOKEN},admin,admin,system:masters\n`)
  writeFileSync(join(folder, 'audit-policy.json'), JSON.stringify(AUDIT_POLICY))
  const etcd = startEtcd(folder, addresses[0] ?? '')
  const apiServers: Proc[] = []
  const startApiServer = async (index: number) => {
    if (apiServers[index]?.running()) return
    const address = addresses[index]
    if (address === undefined) throw new Error(`this mesh has no API server ${index}`)
    apiServers[index] = startApi({ folder, index, address, etcd: addresses[0] ?? '', count }, pki)
    await ready(servers[index] ?? '', pki, apiServers[index])
  }
  await Promise.all(addresses.map((_, index) => startApiServer(index)))
  const controllers = startControllers(folder, addresses[0] ?? '', kubeconfigs[0] ?? '', pki)
  const api = connect(servers, pki.caPem, ADMIN_TOKEN)
  return {
    api,
    pki,
    adminToken: ADMIN_TOKEN,
    servers,
    kubeconfigs,
    auditLogs: addresses.map((_, index) => auditLog(folder, index)),
    startApiServer,
    stopApiServer: async (index, signal) => apiServers[index]?.stop(signal ?? 'SIGKILL'),
    stop: async () => {
      await Promise.all([controllers, ...apiServers].map((proc) => proc.stop('SIGKILL')))
      await etcd.stop('SIGTERM')
      await api.close()
    },
  }
}

function adminKubeconfig(folder: string, index: number, server: string, pki: Pki): string {
  return writeKubeconfig(join(folder, `admin-${index}.kubeconfig`), server, pki.caPem, { token: ADMIN_TOKEN })
}

function auditLog(folder: string, index: number): string {
  return join(folder, `audit-${index}.log`)
}

function startEtcd(folder: string, address: string): Proc {
  const client = `http://${address}:2379`
  const peer = `http://${address}:2380`
  const flags = {
    name: 'etcd',
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `etcd=${peer}`,
    'unsafe-no-fsync': 'true',
  }
  return startProc({ name: 'etcd', argv: [pathOf(ETCD), ...asArgs(flags)], log: join(folder, 'etcd.log') })
}

type ApiOptions = {
  readonly folder: string
  readonly index: number
  readonly address: string
  readonly etcd: string
  readonly count: number
}

function startApi({ folder, index, address, etcd, count }: ApiOptions, pki: Pki): Proc {
  const flags = {
    'etcd-servers': `http://${etcd}:2379`,
    'bind-address': address,
    'advertise-address': address,
    'secure-port': '6443',
    'cert-dir': join(folder, `apiserver-${index}`),
    'tls-cert-file': pki.cert,
    'tls-private-key-file': pki.key,
    'client-ca-file': pki.ca,
    'token-auth-file': join(folder, 'tokens.csv'),
    'authorization-mode': 'RBAC',
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': pki.serviceAccountKey,
    'service-account-signing-key-file': pki.serviceAccountKey,
    'service-cluster-ip-range': '10.96.0.0/16',
    // Webhooks go to the pod addresses of the EndpointSlice: no kube-proxy is needed.
    'enable-aggregator-routing': 'true',
    'allow-privileged': 'true',
    'disable-admission-plugins': 'DefaultStorageClass',
    'max-requests-inflight': '2000',
    'max-mutating-requests-inflight': '1000',
    // With leases one that is gone leaves the Service after 15 s, sooner than a test on a busy machine asks for it.
    ...(count > 1 ? { 'endpoint-reconciler-type': 'master-count', 'apiserver-count': String(count) } : {}),
    'audit-policy-file': join(folder, 'audit-policy.json'),
    'audit-log-path': auditLog(folder, index),
  }
  const log = join(folder, `kube-apiserver-${index}.log`)
  return startProc({ name: `kube-apiserver-${index}`, argv: [pathOf(KUBE_APISERVER), ...asArgs(flags)], log })
}

function startControllers(folder: string, address: string, kubeconfig: string, pki: Pki): Proc {
  const flags = {
    kubeconfig,
    'service-account-private-key-file': pki.serviceAccountKey,
    'root-ca-file': pki.ca,
    'use-service-account-credentials': 'false',
    'leader-elect': 'false',
    'bind-address': address,
    'cert-dir': join(folder, 'controllers'),
    'kube-api-qps': '500',
    'kube-api-burst': '1000',
    // Nobody renews the stand-in nodes' Leases, and there are no metrics to scale by.
    controllers: '*,-node-lifecycle-controller,-horizontal-pod-autoscaler-controller',
  }
  const argv = [pathOf(KUBE_CONTROLLER_MANAGER), ...asArgs(flags)]
  return startProc({ name: 'kube-controller-manager', argv, log: join(folder, 'kube-controller-manager.log') })
}

async function ready(server: string, pki: Pki, proc: Proc): Promise<void> {
  const api = connect([server], pki.caPem, ADMIN_TOKEN)
  const deadline = Date.now() + READY_WITHIN_MS
  while (proc.running() && Date.now() < deadline) {
    const answer = await api.ask('GET', '/readyz').catch(() => null)
    if (answer?.status === 200) return api.close()
    await sleep(100)
  }
  throw new Error(`the API server ${server} never became ready; its log: ${proc.log}`)
}

function asArgs(flags: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
}
