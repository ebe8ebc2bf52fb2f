import { stringify } from 'yaml'
import { sleep } from '../../kernel/retry.ts'
import { type KubeObject, listAt, objectAt } from '../kube-server/kube-object.ts'
import { step } from './behaviour.ts'
import { disarm, tagObjects, tagSource } from './default-tag.ts'
import { columns } from './columns.ts'
import type { Session } from './session.ts'
import { confirmed, minor } from './session.ts'

/** How long the real `tag set` leaves an untagged default without any injector (seen: 0.13 to 0.15 s). */
const GAP_MS = 130

/** `istioctl tag set|generate|list|remove`. */
export async function tag(session: Session): Promise<void> {
  const [, action = '', name = ''] = session.line.words
  if (action === 'list') return listTags(session)
  if (action === 'remove') return removeTag(session, name)
  if (action !== 'set' && action !== 'generate') throw new Error(`unknown subcommand "${action}"`)
  return makeTag(session, name, action === 'generate')
}

async function makeTag(session: Session, name: string, generate: boolean): Promise<void> {
  const { line, kube, out, behaviour } = session
  if (name === '') throw new Error('must provide a tag for modification')
  if (line.revision === '') throw new Error('required flag(s) "revision" not set')
  const source = await tagSource(session, name, line.revision, line.istioNamespace)
  const existing = await kube().list('MutatingWebhookConfiguration', `istio.io/tag=${name}`)
  if (existing.length > 0 && !line.overwrite) {
    throw new Error(`revision tag "${name}" already exists, and --overwrite is false`)
  }
  if (name === 'default' && !generate) await disarm(session)
  const objects = await tagObjects(session, source, true)
  if (generate) return out(objects.map((object) => stringify(asPrinted(object))).join('\n---\n'))
  await sleep(GAP_MS)
  for (const object of objects) {
    await step(behaviour, `tag:${object.kind}`)
    await kube().apply(object, 'istio-ci')
  }
  out(
    `Revision tag "${name}" created, referencing control plane revision "${line.revision}". To enable injection using ` +
      `this\nrevision tag, use 'kubectl label namespace <NAMESPACE> istio.io/rev=${name}'`,
  )
}

/** As the real one prints it: a port whose target the chart leaves out gets `targetPort: 0` (seen on 1.31). */
function asPrinted(object: KubeObject): KubeObject {
  if (object.kind !== 'Service') return object
  const spec = objectAt(object, 'spec')
  const ports = listAt(spec, 'ports').map((one) => ({ targetPort: 0, ...objectAt(one) }))
  return { ...object, spec: { ...spec, ports } }
}

async function removeTag(session: Session, name: string): Promise<void> {
  const { kube, out, line } = session
  if (name === '') throw new Error('must provide a tag for removal')
  const injectors = await kube().list('MutatingWebhookConfiguration', `istio.io/tag=${name}`)
  const services = await kube().list('Service', `istio.io/tag=${name}`, line.istioNamespace)
  if (injectors.length + services.length === 0) {
    throw new Error(`cannot remove tag "${name}": cannot find MutatingWebhookConfiguration or Service for tag`)
  }
  const namespaces = line.yes ? [] : await namespacesWith(session, name)
  if (namespaces.length > 0 && !(await confirmed(session, removalQuestion(name, namespaces)))) {
    return out('Aborting operation.')
  }
  const validators = await validatorsOf(session, name)
  for (const object of [...injectors, ...validators, ...services]) await kube().remove(object)
  out(`Revision tag ${name} removed`)
}

function removalQuestion(name: string, namespaces: readonly string[]): string {
  const found = `found ${namespaces.length} namespace(s) still injected by tag "${name}": ${namespaces.join(', ')}`
  return `Caution, ${found}\nProceed with operation? [y/N] `
}

async function namespacesWith(session: Session, tag: string): Promise<readonly string[]> {
  const namespaces = await session.kube().list('Namespace', `istio.io/rev=${tag}`)
  return namespaces.map((namespace) => namespace.metadata.name)
}

/** Before 1.31 validation stayed behind; since then the default's goes with it, whoever made it (Helm's base chart too). */
async function validatorsOf(session: Session, name: string): Promise<KubeObject[]> {
  if (minor(session) < 31) return []
  const labelled = await session.kube().list('ValidatingWebhookConfiguration', `istio.io/tag=${name}`)
  const usual = name === 'default' ? 'istiod-default-validator' : ''
  const named = usual === '' ? undefined : await session.kube().get('ValidatingWebhookConfiguration', usual)
  return [...labelled.filter((one) => one.metadata.name !== usual), ...(named ? [named] : [])]
}

type Listed = { readonly tag: string; readonly revision: string; readonly namespaces: readonly string[] }

async function listTags(session: Session): Promise<void> {
  const { kube, out, line } = session
  const injectors = await kube().list('MutatingWebhookConfiguration', 'istio.io/rev')
  const services = await kube().list('Service', 'istio.io/rev', line.istioNamespace)
  const found = new Map<string, Listed>()
  for (const object of [...injectors, ...services]) {
    const revision = object.metadata.labels?.['istio.io/rev'] ?? ''
    const name = object.metadata.labels?.['istio.io/tag'] ?? ''
    if (found.has(`${revision} ${name}`)) continue
    const namespaces = name === '' ? [] : await namespacesWith(session, name)
    found.set(`${revision} ${name}`, { tag: name, revision, namespaces })
  }
  const tagged = new Set([...found.values()].filter((one) => one.tag !== '').map((one) => one.revision))
  const rows = [...found.values()]
    .filter((one) => one.tag !== '' || !tagged.has(one.revision))
    .sort((a, b) => (`${a.revision} ${a.tag}` < `${b.revision} ${b.tag}` ? -1 : 1))
  if (rows.length === 0) return out('No Istio revision tags found.')
  if (line.output === 'json') return out(JSON.stringify(rows, null, '\t'))
  const table = rows.map((row) => [row.tag, row.revision, row.namespaces.join(',')])
  out(columns([['TAG', 'REVISION', 'NAMESPACES'], ...table], 1))
}
