import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  changes,
  inventoryOf,
  OPERATOR_FILES,
  plainText,
  SCENES,
  WRITTEN_KINDS,
} from '../../../test/support/istioctl-scenes.ts'
import type { Said, Step } from '../../../test/support/istioctl-scenes.ts'
import { seedNamespace, seedNodes } from '../kube-server/seed/seed-cluster.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { startKubeServer } from '../kube-server/server.ts'
import { runLine } from './run-line.ts'

const RECORDED = new URL('../../../test/fixtures/recorded/istioctl/', import.meta.url)

let dir = ''
let server: KubeServer

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fake-istioctl-'))
  for (const [name, text] of Object.entries(OPERATOR_FILES)) writeFileSync(join(dir, name), text)
  server = await startKubeServer()
  seedNodes(server, ['v1.34.4'])
  server.writeKubeconfig(join(dir, 'kubeconfig'))
})
afterEach(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

test.each(Object.entries(SCENES))('%s: says and does what the real one did', async (scene, steps) => {
  const recorded = JSON.parse(readFileSync(new URL(`${scene}.json`, RECORDED), 'utf8')) as readonly Said[]
  const said: Said[] = []
  for (const step of steps) {
    if ('run' in step) said.push(await runOne(step))
    else change(step)
  }
  expect(said.map(comparable)).toEqual(recorded.map(comparable))
})

/** An installation is compared by what it does: its progress is shorter here, and what it prints has its own tests. */
function comparable(said: Said): unknown {
  const { line, code, gone, made } = said
  const effects = { line, code, gone: gone.toSorted(), made: made.toSorted() }
  if (line.includes(': install ')) return effects
  return { ...effects, stdout: inOrder(withoutTrace(said.stdout)), stderr: withoutTrace(said.stderr) }
}

/** Log lines of the real one's libraries are no output of a command; nor is an empty line. */
function withoutTrace(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line !== '' && !/^TIME\t(warn|error|info)\t/.test(line))
}

/** Which of several istiods names its proxies first is chance. */
function inOrder(lines: readonly string[]): readonly string[] {
  const names = lines.filter((line) => PROXY.test(line)).toSorted()
  return lines.map((line) => (PROXY.test(line) ? (names.shift() ?? '') : line))
}

const PROXY = /^[-a-z0-9]+\.(shop|pay)$/

async function runOne({ run, version, input = '' }: Extract<Step, { run: unknown }>): Promise<Said> {
  const before = inventory()
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const answers = input.split('\n')
  const argv = run.map((word) => (word.endsWith('.yaml') ? join(dir, word) : word))
  const code = await runLine(['-c', join(dir, 'kubeconfig'), ...argv], {
    version,
    behaviour: { delayMs: 0 },
    stdout: (text) => stdout.push(text),
    stderr: (text) => stderr.push(text),
    readLine: () => Promise.resolve(answers.shift() ?? ''),
  })
  const line = `${version}: ${run.join(' ')}${input === '' ? '' : ` (${input.trim()})`}`
  return { line, code, stdout: printed(stdout), stderr: printed(stderr), ...changes(before, inventory()) }
}

/** As the recordings have it: without the last line's end. */
function printed(parts: readonly string[]): readonly string[] {
  return plainText(parts.join('').replace(/\n$/, '').replaceAll(`${dir}/`, ''))
}

function inventory(): readonly string[] {
  return Object.entries(WRITTEN_KINDS).flatMap(([plural, kind]) =>
    inventoryOf(kind, server.list(API[plural] ?? 'v1', kind)),
  )
}

const API: Readonly<Record<string, string>> = {
  deployments: 'apps/v1',
  roles: 'rbac.authorization.k8s.io/v1',
  rolebindings: 'rbac.authorization.k8s.io/v1',
  clusterroles: 'rbac.authorization.k8s.io/v1',
  clusterrolebindings: 'rbac.authorization.k8s.io/v1',
  horizontalpodautoscalers: 'autoscaling/v2',
  poddisruptionbudgets: 'policy/v1',
  mutatingwebhookconfigurations: 'admissionregistration.k8s.io/v1',
  validatingwebhookconfigurations: 'admissionregistration.k8s.io/v1',
  customresourcedefinitions: 'apiextensions.k8s.io/v1',
}

function change(step: Exclude<Step, { run: unknown }>): void {
  if ('namespace' in step) return seedNamespace(server, { name: step.namespace, labels: step.labels })
  if ('connect' in step) return step.proxies.forEach((proxy) => connect(step.connect, proxy))
  const istiods = server
    .list('v1', 'Pod', 'istio-system')
    .filter((pod) => pod.metadata.labels?.['istio.io/rev'] === step.stop)
  for (const pod of istiods) {
    if (step.how === 'scaled to zero') server.remove('v1', 'Pod', pod.metadata.name, 'istio-system')
    else server.put({ ...pod, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } })
  }
}

function connect(revision: string, { name, namespace, version }: { name: string; namespace: string; version: string }) {
  const annotations = { 'sidecar.istio.io/status': JSON.stringify({ revision }) }
  const containers = [{ name: 'istio-proxy', image: `docker.io/istio/proxyv2:${version}` }]
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, annotations }, spec: { containers } }
  server.put({ ...pod, status: { phase: 'Running' } })
}
