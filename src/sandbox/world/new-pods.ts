import type { StoreEvent } from '../kube-server/history.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { isKubeObject, textAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { post } from './api-client.ts'
import type { NewPods } from './mesh-view.ts'
import { sidecarIn } from './pod-facts.ts'
import { newTeller } from './told-apart.ts'

const INJECTION = 'istio-injection'
const REVISION = 'istio.io/rev'
const UNLABELLED = 'no label'
const NO_SIDECAR = 'none'
/** Writes come in bursts: one question after the last of them is enough. */
const PAUSE_MS = 50

type NamespaceClass = { readonly class: string; readonly injected: boolean; readonly members: readonly KubeObject[] }

/** Which label of a namespace decides over its pods: `istio-injection` goes before `istio.io/rev`. */
function classesOf(namespaces: readonly KubeObject[]): readonly NamespaceClass[] {
  const groups = Map.groupBy(namespaces, ({ metadata: { labels = {} } }) => {
    if (labels[INJECTION] !== undefined) return `${INJECTION}=${labels[INJECTION]}`
    return labels[REVISION] === undefined ? UNLABELLED : `${REVISION}=${labels[REVISION]}`
  })
  const classes = [...groups].map(([name, of]) => ({
    class: name,
    injected: name !== UNLABELLED && name !== `${INJECTION}=disabled`,
    members: of.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
  }))
  return classes.toSorted((a, b) => b.members.length - a.members.length)
}

/** Whether a write may change what new pods get: a webhook, a namespace's labels, an istiod's pods or endpoints. */
function bearsOnNewPods({ resource, object }: StoreEvent, istioNamespace: string): boolean {
  if (resource === 'mutatingwebhookconfigurations.admissionregistration.k8s.io' || resource === 'namespaces')
    return true
  if (object.metadata.namespace !== istioNamespace) return false
  return ['pods', 'endpointslices.discovery.k8s.io', 'services', 'configmaps'].includes(resource)
}

/** What the API server makes of a pod that is created for trial (a dry run) in each namespace of this class. */
async function askNewPods(kube: KubeServer, { class: name, injected, members }: NamespaceClass): Promise<NewPods> {
  const webhooks = kube.list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration')
  const alike = [...Map.groupBy(members, newTeller(webhooks)).values()]
  const asked = alike.map(async (same): Promise<Answer[]> => {
    const gets = await askOne(kube, same[0]?.metadata.name ?? '')
    return same.map(({ metadata }) => ({ namespace: metadata.name, gets }))
  })
  return { class: name, namespaces: members.length, ...summed((await Promise.all(asked)).flat(), injected) }
}

type Answer = NewPods['differing'][number]

async function askOne(kube: KubeServer, namespace: string): Promise<string> {
  const { code, body } = await post(kube, `/api/v1/namespaces/${namespace}/pods?dryRun=All`, trialPod)
  if (code !== 201 || !isKubeObject(body)) return textAt(body, 'message') ?? `HTTP ${code}`
  return sidecarIn(body)?.version ?? NO_SIDECAR
}

/** What most namespaces of a class get, and which get something else. */
function summed(answers: readonly Answer[], injected: boolean): Omit<NewPods, 'class' | 'namespaces'> {
  const [most] = [...Map.groupBy(answers, ({ gets }) => gets)].toSorted(([, a], [, b]) => b.length - a.length)
  const gets = most?.[0] ?? NO_SIDECAR
  const differing = answers.filter((one) => one.gets !== gets)
  const fits = injected ? /^\d/.test(gets) : gets === NO_SIDECAR
  return { gets, differing, ok: fits && differing.length === 0 }
}

const trialPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'mesh-view-', labels: { app: 'mesh-view' } },
  spec: { containers: [{ name: 'app', image: 'registry.example.com/mesh-view:1.0.0' }] },
}

export type NewPodsWatch = {
  readonly now: () => readonly NewPods[]
  readonly note: (event: StoreEvent) => void
  /** Resolves when the answers are of the objects as they are. */
  readonly settled: () => Promise<void>
  readonly stop: () => void
}

/** Asks at the start and after each write that bears on it; while the API can't be reached the last answers stand. */
export function watchNewPods(kube: KubeServer, namespaces: ReadonlySet<string>, istioNamespace: string): NewPodsWatch {
  let answers: readonly NewPods[] = []
  let asked: Promise<void> | undefined
  let again = false
  let stopped = false
  const askAll = async (): Promise<void> => {
    do {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      again = false
      if (stopped) return
      const live = kube.list('v1', 'Namespace').filter(({ metadata }) => namespaces.has(metadata.name))
      answers = await Promise.all(classesOf(live).map((one) => askNewPods(kube, one))).catch(() => answers)
    } while (again && !stopped)
  }
  const ask = (): void => {
    again = true
    asked ??= askAll().finally(() => {
      asked = undefined
    })
  }
  ask()
  return {
    now: () => answers,
    note: (event) => {
      if (!stopped && bearsOnNewPods(event, istioNamespace)) ask()
    },
    settled: async () => {
      while (asked) await asked
    },
    stop: () => {
      stopped = true
    },
  }
}
