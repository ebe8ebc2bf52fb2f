import { createHash } from 'node:crypto'
import { kubeTime } from '../api.ts'
import { ownerReference } from '../istio/running-pods.ts'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { objectAt, stringsAt } from '../kube-object.ts'
import { StatusError } from '../status-error.ts'
import type { Hands } from './controller.ts'
import { MANAGER } from './controller.ts'

/** How a pod differs from its owner's template. */
export type PodParts = {
  /** Default: `generateName` from the owner's name. */
  readonly name?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly spec?: JsonObject
}

const FIRST_MS = 500
const LONGEST_MS = 8000

export function podFrom(owner: KubeObject, template: unknown, parts: PodParts = {}): KubeObject {
  const { name, namespace } = owner.metadata
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: parts.name ?? '',
      ...(parts.name === undefined ? { generateName: `${name}-` } : {}),
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...stringsAt(template, 'metadata', 'labels'), ...parts.labels },
      annotations: stringsAt(template, 'metadata', 'annotations'),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...objectAt(template, 'spec'), ...parts.spec },
  }
}

export type PodMaker = {
  /**
   * Creates the pod through admission. Null, or the API server's own words when it refused: then an Event says so, and
   * the owner is looked at again after a time that doubles up to 8 s (the real one's grows to 16 min).
   */
  readonly make: (owner: KubeObject, pod: KubeObject) => string | null
  /** Why the owner's last pod was refused, while it waits for the next try. */
  readonly refusal: (owner: KubeObject) => string | null
}

type Refusal = { readonly times: number; readonly why: string; readonly until: number }

/** `again` is called with the owner when the time for another try has come; `says` words the Event. */
export function newPodMaker(
  hands: Hands,
  component: string,
  again: (owner: KubeObject) => void,
  says: (owner: KubeObject, pod: KubeObject, why: string) => string = (_owner, _pod, why) => `Error creating: ${why}`,
): PodMaker {
  const refused = new Map<string, Refusal>()
  const refusal = (owner: KubeObject): string | null => {
    const last = refused.get(owner.metadata.uid ?? '')
    return last && performance.now() < last.until ? last.why : null
  }
  return {
    refusal,
    make: (owner, pod) => {
      const uid = owner.metadata.uid ?? ''
      const held = refusal(owner)
      if (held !== null) return held
      const why = tryCreate(hands, pod)
      if (why === null) {
        refused.delete(uid)
        return null
      }
      const times = (refused.get(uid)?.times ?? 0) + 1
      const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** (times - 1))
      refused.set(uid, { times, why, until: performance.now() + ms })
      tell(hands, owner, component, says(owner, pod, why))
      hands.work.later(`again ${uid}`, ms + 1, false, () => again(owner))
      return why
    },
  }
}

function tryCreate({ kube }: Hands, pod: KubeObject): string | null {
  try {
    kube.create(pod, MANAGER)
    return null
  } catch (error) {
    if (error instanceof StatusError) return error.message
    throw error
  }
}

/** One Event per owner, counted up: a refusal that lasts must not fill the store. */
function tell({ kube }: Hands, owner: KubeObject, component: string, message: string): void {
  const { name, namespace = 'default', uid = '', resourceVersion = '' } = owner.metadata
  const suffix = createHash('sha256').update(`${uid}FailedCreate`).digest('hex').slice(0, 16)
  const live = kube.get('v1', 'Event', `${name}.${suffix}`, namespace)
  const now = kubeTime(kube.now())
  kube.put(
    {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${suffix}`, namespace },
      involvedObject: { apiVersion: owner.apiVersion, kind: owner.kind, name, namespace, uid, resourceVersion },
      reason: 'FailedCreate',
      message,
      type: 'Warning',
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
      firstTimestamp: live?.['firstTimestamp'] ?? now,
      lastTimestamp: now,
      count: Number(live?.['count'] ?? 0) + 1,
    },
    MANAGER,
  )
}
