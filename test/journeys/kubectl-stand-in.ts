import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'

/**
 * What the undo commands need of kubectl, over HTTP: apply by server-side apply from standard input, patch, delete. The real
 * one asks for an OpenAPI description first, which the local API has none of; it is the judge in the cluster tests.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'server-side': { type: 'boolean' },
    'force-conflicts': { type: 'boolean' },
    'field-manager': { type: 'string' },
    filename: { type: 'string', short: 'f' },
    namespace: { type: 'string', short: 'n' },
    patch: { type: 'string', short: 'p' },
    type: { type: 'string' },
  },
})

type Found = { readonly apiVersion: string; readonly plural: string; readonly namespaced: boolean }

const KINDS: Readonly<Record<string, Found>> = {
  mutatingwebhookconfiguration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    plural: 'mutatingwebhookconfigurations',
    namespaced: false,
  },
  validatingwebhookconfiguration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    plural: 'validatingwebhookconfigurations',
    namespaced: false,
  },
  service: { apiVersion: 'v1', plural: 'services', namespaced: true },
}

function pathOf(kind: string, name: string, namespace: string | undefined): string {
  const found = KINDS[kind.toLowerCase().split('.')[0] ?? '']
  if (!found) throw new Error(`error: the server doesn't have a resource type "${kind}"`)
  const root = found.apiVersion === 'v1' ? '/api/v1' : `/apis/${found.apiVersion}`
  return `${root}${found.namespaced ? `/namespaces/${namespace ?? 'default'}` : ''}/${found.plural}/${name}`
}

async function call(method: string, path: string, type: string, body: unknown): Promise<void> {
  const config = parse(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8')) as {
    readonly clusters: readonly [{ readonly cluster: { readonly server: string } }]
    readonly users: readonly [{ readonly user: { readonly token: string } }]
  }
  const headers = { authorization: `Bearer ${config.users[0].user.token}`, 'content-type': type }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await fetch(`${config.clusters[0].cluster.server}${path}`, { method, headers, ...sent })
  if (!response.ok) throw new Error(`error: ${await response.text()}`)
}

type Manifest = { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } }

async function apply(): Promise<void> {
  if (!values['server-side'] || values.filename !== '-') throw new Error('error: only apply --server-side -f -')
  const object = parse(readFileSync(0, 'utf8')) as Manifest
  const query = `fieldManager=${values['field-manager'] ?? 'kubectl'}&force=${values['force-conflicts'] ?? false}`
  const path = pathOf(object.kind, object.metadata.name, object.metadata.namespace)
  await call('PATCH', `${path}?${query}`, 'application/apply-patch+yaml', object)
}

const [verb = '', kind = '', name = ''] = positionals
if (verb === 'apply') await apply()
else if (verb === 'patch' && values.type === 'json')
  await call(
    'PATCH',
    pathOf(kind, name, values.namespace),
    'application/json-patch+json',
    JSON.parse(values.patch ?? ''),
  )
else if (verb === 'delete') await call('DELETE', pathOf(kind, name, values.namespace), 'application/json', undefined)
else throw new Error(`error: unknown command ${positionals.join(' ')}`)
