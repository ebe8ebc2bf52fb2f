import { kubeTime } from '../api.ts'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { isJsonObject, listAt } from '../kube-object.ts'

export type Condition = {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

/** The conditions as they are to be stored: times of the ones that say what they said before stay. */
export function dated(live: KubeObject, wanted: readonly Condition[], now: number): JsonObject[] {
  const before = listAt(live, 'status', 'conditions').filter(isJsonObject)
  const time = kubeTime(now)
  return wanted.map((condition) => {
    const was = before.find((one) => one['type'] === condition.type)
    const sameStatus = was?.['status'] === condition.status
    const same = sameStatus && was['reason'] === condition.reason && was['message'] === condition.message
    return {
      ...condition,
      lastTransitionTime: sameStatus ? was['lastTransitionTime'] : time,
      lastUpdateTime: same ? was['lastUpdateTime'] : time,
    }
  })
}
