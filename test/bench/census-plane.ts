import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeRange } from '../cluster/harness/address-range.ts'
import { build } from '../cluster/harness/build.ts'
import { startControlPlane, type ControlPlane } from '../cluster/harness/control-plane.ts'
import { MERGE_PATCH, type KubeApi } from '../cluster/harness/kube-api.ts'
import { statusOf } from '../cluster/harness/pod-status.ts'
import type { Pod } from '../cluster/harness/pod-types.ts'
import { ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, KUBECTL, pathOf } from '../cluster/harness/programs.ts'
import type { CensusRound } from './census.ts'
import { watched } from './watched.ts'

/**
 * `node test/bench/census-plane.ts FILE PODS ROUNDS`, inside the network namespace of the cluster tests: pods of Deployments,
 * made by the real controllers with the sidecar that a real istiod gave, and a status as a kubelet writes it; then counts
 * them by Meshferry and by `kubectl … -o json | jq` in turn, and writes the times and peaks to FILE as JSON.
 */
const [, , file = '', pods = '20000', rounds = '3'] = process.argv
const ROOT = join(import.meta.dirname, '..', '..')
const RECORDED = join(ROOT, 'test', 'fixtures', 'recorded', 'default-1.30.0', 'pods', 'injection-enabled.json')
const READER = join(import.meta.dirname, 'census-reader.ts')
const TEAMS = 40
const REPLICAS = 25
/** What somebody would ask by hand: pods by namespace and by the revision that their sidecar says. */
const BY_REVISION =
  '[.items[] | {ns: .metadata.namespace, rev: ((.metadata.annotations["sidecar.istio.io/status"] // "{}") | fromjson | .revision)}] | group_by(.ns, .rev) | map({ns: .[0].ns, rev: .[0].rev, pods: length})'

const OURS = [[process.execPath, '--max-semi-space-size=1', READER]]
const THEIRS = [
  [pathOf(KUBECTL), 'get', 'pods', '-A', '-o', 'json'],
  ['jq', '-c', BY_REVISION],
]

async function main(): Promise<void> {
  await build([ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, KUBECTL])
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-bench-'))
  const range = await takeRange()
  const plane = await startControlPlane(folder, range, 1)
  try {
    await fill(plane.api, Number(pods))
    writeFileSync(file, JSON.stringify(await measure(plane, folder)))
  } finally {
    await plane.stop()
    await range.giveBack()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(api: KubeApi, wanted: number): Promise<void> {
  const template = templateOf()
  const deployments = Math.ceil(wanted / REPLICAS)
  for (let n = 0; n < TEAMS; n += 1) await makeNamespace(api, `team-${n}`)
  await eachOf(deployments, 16, async (n) => {
    const namespace = `team-${n % TEAMS}`
    const name = `service-${n}`
    const selector = { matchLabels: { app: name } }
    const own = { ...template, metadata: { ...template.metadata, labels: { ...template.metadata.labels, app: name } } }
    const spec = { replicas: REPLICAS, selector, template: own }
    await api.need('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, { metadata: { name, namespace }, spec })
  })
  await untilThere(api, wanted)
  await run(api)
}

async function makeNamespace(api: KubeApi, name: string): Promise<void> {
  await api.need('POST', '/api/v1/namespaces', {
    metadata: { name, labels: { team: name, 'istio-injection': 'enabled' } },
  })
  const account = `/api/v1/namespaces/${name}/serviceaccounts/default`
  while ((await api.ask('GET', account)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** The recorded answer of a real istiod's webhook, as the template of a workload. */
function templateOf() {
  const { body } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { readonly body: Pod }
  const { labels = {}, annotations = {} } = body.metadata
  return { metadata: { labels, annotations }, spec: body.spec }
}

async function untilThere(api: KubeApi, wanted: number): Promise<void> {
  for (;;) {
    const there = await countPods(api)
    console.error(`census: ${there} of ${wanted} pods are there`)
    if (there >= wanted) return
    await new Promise((resolve) => setTimeout(resolve, 4000))
  }
}

async function countPods(api: KubeApi): Promise<number> {
  type Page = { readonly items: readonly unknown[]; readonly metadata: { readonly remainingItemCount?: number } }
  const { items, metadata } = await api.need<Page>('GET', '/api/v1/pods?limit=1')
  return items.length + (metadata.remainingItemCount ?? 0)
}

/** Says of every pod that it runs, as its kubelet would. */
async function run(api: KubeApi): Promise<void> {
  const all = await api.list<Pod>('/api/v1/pods')
  const now = new Date().toISOString()
  await eachOf(all.length, 32, async (n) => {
    const pod = all[n]
    if (!pod) return
    const address = `10.200.${Math.floor(n / 250)}.${n % 250}`
    const status = statusOf(pod, { phase: 'Running', ready: true, restarts: 0, address, hostAddress: '10.1.0.1' }, now)
    const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ''}/pods/${pod.metadata.name}/status`
    await api.need('PATCH', `${path}?fieldManager=kubelet`, { status }, MERGE_PATCH)
  })
}

/** Does it for 0 … count - 1, so many at a time. */
async function eachOf(count: number, atOnce: number, act: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1
      await act(next - 1)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

async function measure(plane: ControlPlane, folder: string): Promise<readonly CensusRound[]> {
  const all: CensusRound[] = []
  const env = { ...process.env, KUBECONFIG: plane.kubeconfigs[0] ?? '', HOME: folder }
  for (let i = 1; i <= Number(rounds); i += 1) {
    console.error(`census: round ${i} of ${rounds}`)
    // In turn: whoever comes first finds the API server's caches cold.
    const takes = { ours: () => watched(OURS, env), theirs: () => watched(THEIRS, env) }
    const first = i % 2 === 0 ? await takes.ours() : await takes.theirs()
    const second = i % 2 === 0 ? await takes.theirs() : await takes.ours()
    const [ours, theirs] = i % 2 === 0 ? [first, second] : [second, first]
    const { peakMb, pods: counted } = JSON.parse(ours.stdout) as { peakMb: number; pods: { readonly old: number } }
    const groups = JSON.parse(theirs.stdout) as readonly { readonly pods: number }[]
    const both = [counted.old, groups.reduce((sum, group) => sum + group.pods, 0)]
    if (both[0] !== both[1]) throw new Error(`the two counts differ: ${both.join(' and ')}`)
    all.push({ ours: { ms: ours.ms, peakMb }, theirs: { ms: theirs.ms, peakMb: theirs.peakMb }, pods: counted.old })
  }
  return all
}

await main()
