import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import type { KubeObject } from './kube-api.ts'
import type { Mesh } from './mesh.ts'
import type { Ran } from './run-command.ts'

/** The fixtures that pure tests read instead of a cluster. */
const RECORDED = join(import.meta.dirname, '..', '..', 'fixtures', 'recorded')

/** Namespaces of every class, for pods as a mesh injects them: folder names of `pods/<class>.json`. */
const RECORDED_CLASSES: Readonly<Record<string, PodClass>> = {
  'injection-enabled': { namespace: { 'istio-injection': 'enabled' } },
  'rev-default': { namespace: { 'istio.io/rev': 'default' } },
  'rev-prod-stable': { namespace: { 'istio.io/rev': 'prod-stable' } },
  'rev-1-31-0': { namespace: { 'istio.io/rev': '1-31-0' } },
  'pod-inject-true': { namespace: {}, pod: { 'sidecar.istio.io/inject': 'true' } },
  'pod-rev-1-31-0': { namespace: {}, pod: { 'istio.io/rev': '1-31-0' } },
  'pod-opted-out': { namespace: { 'istio-injection': 'enabled' }, pod: { 'sidecar.istio.io/inject': 'false' } },
  'namespace-opted-out': { namespace: { 'istio-injection': 'disabled' } },
  'not-injected': { namespace: {} },
  'ordinary-sidecar': {
    namespace: { 'istio-injection': 'enabled' },
    annotations: { 'sidecar.istio.io/nativeSidecar': 'false' },
  },
}

type Labels = Readonly<Record<string, string>>
type PodClass = { readonly namespace: Labels; readonly pod?: Labels; readonly annotations?: Labels }

const CLUSTER_KINDS = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations', 'nodes']
const ISTIO_KINDS = ['services', 'deployments', 'configmaps', 'endpointslices', 'poddisruptionbudgets', 'pods']

/** Makes the namespaces of all classes; once per mesh, before the first recording. */
export async function makeClassNamespaces(mesh: Mesh): Promise<void> {
  for (const [name, { namespace }] of Object.entries(RECORDED_CLASSES)) await mesh.makeNamespace(name, namespace)
}

/** Writes one state of a mesh below test/fixtures/recorded/NAME: a JSON list per kind, and a dry-run pod per class. */
export async function record(mesh: Mesh, name: string): Promise<void> {
  const clean = cleaner()
  const write = (file: string, value: unknown) => writeFixture(join(name, file), `${JSON.stringify(value, null, 1)}\n`)
  for (const kind of CLUSTER_KINDS) write(`${kind}.json`, (await mesh.objects(kind)).map(clean))
  write('namespaces.json', (await mesh.objects('namespaces')).map(clean))
  for (const kind of ISTIO_KINDS) write(`${kind}.json`, (await mesh.objects(kind, 'istio-system')).map(clean))
  const secrets = await mesh.objects('secrets', 'istio-system')
  write(
    'secrets.json',
    secrets.map(({ metadata, type }) => ({ metadata: clean({ metadata }).metadata, type })),
  )
  for (const [label, { pod = {}, annotations = {} }] of Object.entries(RECORDED_CLASSES)) {
    const { status, body } = await mesh.dryRunPod(label, { labels: pod, annotations })
    write(`pods/${label}.json`, { status, body: status < 300 ? clean(body as KubeObject) : body })
  }
}

/** Writes what a tool printed: NAME/FILE.out.txt, .err.txt where it said something there, and the exit code. */
export function recordOutput(name: string, file: string, { code, stdout, stderr }: Ran): void {
  writeFixture(join(name, `${file}.out.txt`), stdout)
  if (stderr !== '') writeFixture(join(name, `${file}.err.txt`), stderr)
  writeFixture(join(name, `${file}.code.txt`), `${code}\n`)
}

/** Writes a multi-document YAML as printed, but with certificates, CRD schemas and long templates shortened. */
export function recordManifest(name: string, file: string, text: string): void {
  const clean = cleaner()
  const documents = parseAllDocuments(text).map((document) => document.toJS() as KubeObject | null)
  const kept = documents.filter((object) => object !== null).map((object) => stringify(clean(object), { lineWidth: 0 }))
  writeFixture(join(name, file), kept.join('---\n'))
}

function writeFixture(path: string, text: string): void {
  const file = join(RECORDED, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const LONGEST_TEXT = 6000

/** One cleaner per recording: the same certificate becomes the same short text in all its objects. */
function cleaner(): <T extends KubeObject>(object: T) => T {
  const names = new Map<string, string>()
  const certificate = (text: string) => {
    if (!names.has(text)) names.set(text, `recorded CA ${names.size + 1}`)
    return names.get(text) ?? ''
  }
  const base64 = (text: string) => Buffer.from(certificate(text)).toString('base64')
  const walk = (key: string, value: unknown): unknown => {
    if (typeof value === 'string') return shortText(key, value, certificate, base64)
    if (Array.isArray(value)) return key === 'managedFields' ? managers(value) : value.map((item) => walk('', item))
    if (value === null || typeof value !== 'object') return value
    if (key === 'openAPIV3Schema') return { type: 'object' }
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(name, item)]))
  }
  return (object) => walk('', object) as typeof object
}

function shortText(key: string, text: string, certificate: Shorten, base64: Shorten): string {
  if (key === 'caBundle' && text !== '') return base64(Buffer.from(text, 'base64').toString('utf8'))
  if (text.startsWith('-----BEGIN CERTIFICATE')) return certificate(text)
  if (text.length <= LONGEST_TEXT) return text
  return `# shortened: ${text.length} characters, sha256 ${createHash('sha256').update(text).digest('hex')}\n`
}

type Shorten = (text: string) => string

/** Who wrote an object matters; which fields, in their thousands, does not. */
function managers(entries: readonly unknown[]): readonly unknown[] {
  return entries.map((entry) => {
    const { fieldsV1: _dropped, ...rest } = entry as { readonly fieldsV1?: unknown }
    return rest
  })
}
