import { randomBytes } from 'node:crypto'
import { limits } from './limits.ts'
import type { World } from './world.ts'

type Trigger = { readonly user: string; readonly fromView?: string; readonly at: number; used: boolean }

/** Trigger ids: each opens one modal, within three seconds of the click or command. */
export type Triggers = {
  readonly issue: (user: string, fromView?: string) => string
  /** The trigger, used up by this; or the error word of views.open. */
  readonly exchange: (id: string) => Trigger | string
  readonly expireAll: () => void
}

export function createTriggers(world: World): Triggers {
  const known = new Map<string, Trigger>()
  const expired = new Set<string>()
  return {
    issue: (user, fromView) => {
      const id = `${Math.floor(world.now())}.${known.size}.${randomBytes(8).toString('hex')}`
      known.set(id, { user, at: world.now(), used: false, ...(fromView === undefined ? {} : { fromView }) })
      return id
    },
    exchange: (id) => {
      const trigger = known.get(id)
      if (trigger === undefined) return 'invalid_trigger_id'
      if (trigger.used) return 'exchanged_trigger_id'
      if (expired.has(id) || world.now() - trigger.at > limits.triggerLifeMs) return 'expired_trigger_id'
      trigger.used = true
      return trigger
    },
    expireAll: () => {
      for (const id of known.keys()) expired.add(id)
    },
  }
}
