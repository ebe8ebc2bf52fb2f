import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from './run-command.ts'

/** Files of one cluster's certificate authority and keys, and client certificates for named users. */
export type Pki = {
  readonly ca: string
  readonly cert: string
  readonly key: string
  readonly serviceAccountKey: string
  readonly caPem: string
  /** A client certificate for a user of this name: base64 PEM, as a kubeconfig holds it. */
  readonly clientCertificate: (user: string) => Promise<{ readonly certificate: string; readonly key: string }>
}

/** Makes (or, in a folder that a snapshot brought along, keeps) a CA, and a serving certificate for all `addresses`. */
export async function makePki(folder: string, addresses: readonly string[]): Promise<Pki> {
  mkdirSync(folder, { recursive: true })
  const at = (name: string) => join(folder, name)
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const ca = ['-CA', at('ca.crt'), '-CAkey', at('ca.key')]
  const request = (args: readonly string[]) => mustRun('openssl', ['req', '-x509', ...fresh, '-days', '30', ...args])
  await request([
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
    '-subj',
    '/CN=mesh-ca',
    '-addext',
    'keyUsage=critical,keyCertSign,digitalSignature',
  ])
  const names = [
    'DNS:localhost',
    'DNS:kubernetes',
    'DNS:kubernetes.default',
    'DNS:kubernetes.default.svc',
    'IP:127.0.0.1',
  ]
  const san = [...names, ...addresses.map((address) => `IP:${address}`)].join(',')
  const server = ['-addext', `subjectAltName=${san}`, '-addext', 'basicConstraints=critical,CA:FALSE']
  await request([
    ...ca,
    '-keyout',
    at('server.key'),
    '-out',
    at('server.crt'),
    '-subj',
    '/CN=kube-apiserver',
    ...server,
  ])
  await mustRun('openssl', ['genrsa', '-out', at('sa.key'), '2048'])
  const clientCertificate = async (user: string) => {
    const file = at(`user-${Buffer.from(user).toString('hex')}`)
    const use = ['-addext', 'extendedKeyUsage=clientAuth', '-addext', 'basicConstraints=critical,CA:FALSE']
    await request([...ca, '-keyout', `${file}.key`, '-out', `${file}.crt`, '-subj', `/CN=${user}`, ...use])
    return { certificate: base64(`${file}.crt`), key: base64(`${file}.key`) }
  }
  return {
    ca: at('ca.crt'),
    cert: at('server.crt'),
    key: at('server.key'),
    serviceAccountKey: at('sa.key'),
    caPem: readFileSync(at('ca.crt'), 'utf8'),
    clientCertificate,
  }
}

export type KubeconfigUser =
  | { readonly token: string }
  | { readonly 'client-certificate-data': string; readonly 'client-key-data': string }

/** Writes a kubeconfig (JSON is YAML) with one context, `mesh` unless named otherwise. */
export function writeKubeconfig(
  file: string,
  server: string,
  caPem: string,
  user: KubeconfigUser,
  context = 'mesh',
): string {
  const cluster = { server, 'certificate-authority-data': Buffer.from(caPem).toString('base64') }
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: 'mesh', cluster }],
    users: [{ name: 'user', user }],
    contexts: [{ name: context, context: { cluster: 'mesh', user: 'user' } }],
  }
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 })
  return file
}

function base64(file: string): string {
  return readFileSync(file).toString('base64')
}
