import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changes, inventoryOf, OPERATOR_FILES, plainText, SCENES, WRITTEN_KINDS } from '../support/istioctl-scenes.ts'
import type { Said, Step } from '../support/istioctl-scenes.ts'
import type { Mesh } from './harness/mesh.ts'
import { forwardPorts } from './harness/port-forward.ts'
import { connectProxies } from './harness/proxies.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'recorded', 'istioctl')
const CLUSTER_WIDE = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']

/** Plays the scenes of test/support/istioctl-scenes.ts on the real control plane: what each run said, did and ended with. */
export async function recordScene(mesh: Mesh, scene: string): Promise<void> {
  const stopForwarding = await forwardPorts(mesh)
  for (const [name, text] of Object.entries(OPERATOR_FILES)) writeFileSync(join(mesh.folder, name), text)
  const closing: (() => Promise<void>)[] = [stopForwarding]
  const said: Said[] = []
  for (const step of SCENES[scene] ?? []) {
    if ('run' in step) said.push(await runOne(mesh, step))
    else closing.push(await change(mesh, step))
  }
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${scene}.json`), `${JSON.stringify(said, null, 1)}\n`)
  for (const close of closing.toReversed()) await close()
}

async function runOne(mesh: Mesh, step: Extract<Step, { run: unknown }>): Promise<Said> {
  const before = await inventory(mesh)
  const options = step.input === undefined ? {} : { input: step.input }
  const { code, stdout, stderr } = await mesh.istioctl(step.version, step.run, options)
  const line = `${step.version}: ${step.run.join(' ')}${step.input === undefined ? '' : ` (${step.input.trim()})`}`
  return { line, code, stdout: plainText(stdout), stderr: plainText(stderr), ...changes(before, await inventory(mesh)) }
}

async function inventory(mesh: Mesh): Promise<readonly string[]> {
  const kinds = Object.entries(WRITTEN_KINDS).map(async ([plural, kind]) => {
    const objects = await mesh.objects(plural, isNamespaced(plural) ? 'istio-system' : undefined)
    // What is deleted in the foreground stays for a moment.
    const staying = objects.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    return inventoryOf(kind, staying)
  })
  return (await Promise.all(kinds)).flat()
}

function isNamespaced(plural: string): boolean {
  return !CLUSTER_WIDE.includes(plural) && !plural.startsWith('cluster') && plural !== 'customresourcedefinitions'
}

/** A change between two runs; the result undoes what outlives the mesh. */
async function change(mesh: Mesh, step: Exclude<Step, { run: unknown }>): Promise<() => Promise<void>> {
  const nothing = () => Promise.resolve()
  if ('namespace' in step) {
    await mesh.makeNamespace(step.namespace, step.labels)
    return nothing
  }
  if ('connect' in step) {
    const proxies = step.proxies.map((proxy, index) => ({ ...proxy, address: `10.9.9.${index + 1}` }))
    return connectProxies(mesh, step.connect, proxies)
  }
  if (step.how === 'killed') {
    await mesh.killIstiod(step.stop, true)
    return nothing
  }
  const deployment = step.stop === 'default' ? 'istiod' : `istiod-${step.stop}`
  await mesh.kubectl(['-n', 'istio-system', 'scale', 'deployment', deployment, '--replicas=0'])
  await mesh.waitFor('the istiods to go', () => Promise.resolve(mesh.addressesOf(step.stop).length === 0))
  return nothing
}
