import type { KubeObject } from '../kube-server/kube-object.ts'
import { lossesSince } from './losses.ts'
import { calledServices } from './called-services.ts'
import { newTrouble } from './lasting.ts'
import type { Trouble } from './trouble.ts'
import { ISTIO_NAMESPACE, REGISTRATION, type TroubleParts } from './trouble-parts.ts'

const KIND = 'MutatingWebhookConfiguration'
/** As its field manager calls itself. */
const MANAGER = 'argocd-controller'
const EVERY_MS = 3000
const OLD_AGAIN = 'new pods get the old sidecar again'
const REFUSED = 'new pods are refused, for it calls a Service that is gone'

/** Argo CD keeps the injectors as they were when the sandbox began: from `start` on whatever differs is put back, again and again. */
export function newArgoCd(parts: TroubleParts): Trouble {
  const { kube } = parts
  const saved = kube.list(REGISTRATION, KIND)
  const differing = (): readonly KubeObject[] => saved.filter((object) => differs(kube, object))
  let timer: NodeJS.Timeout | undefined
  const putBack = (): void => {
    for (const object of differing()) kube.put(withoutHistory(object), MANAGER)
  }
  return newTrouble({
    name: 'argocd',
    label: 'Argo CD puts the webhook back',
    now: parts.now,
    losses: () => lossesSince(parts),
    bites: () => {
      const objects = differing()
      if (objects.length === 0) return null
      const calls = calledServices(objects)
      const isGone = calls.some((service) => !kube.get('v1', 'Service', service, ISTIO_NAMESPACE))
      return `puts back ${objects.map(({ metadata }) => metadata.name).join(', ')}: ${isGone ? REFUSED : OLD_AGAIN}`
    },
    begin: async () => {
      putBack()
      timer = setInterval(putBack, EVERY_MS)
      timer.unref()
      return true
    },
    finish: async () => clearInterval(timer),
  })
}

function differs({ get }: TroubleParts['kube'], saved: KubeObject): boolean {
  const live = get(saved.apiVersion, saved.kind, saved.metadata.name)
  if (!live) return true
  return (
    JSON.stringify([live['webhooks'], live.metadata.labels]) !==
    JSON.stringify([saved['webhooks'], saved.metadata.labels])
  )
}

function withoutHistory({ metadata, ...object }: KubeObject): KubeObject {
  const { name, labels = {}, annotations = {} } = metadata
  return { ...object, metadata: { name, labels, annotations } } as KubeObject
}
