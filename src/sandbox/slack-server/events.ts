import type { Json } from './json.ts'
import { eventPayload } from './payloads.ts'
import { perform, userOf } from './people.ts'
import type { Seen, Stage } from './people.ts'
import { dmOf, happened } from './world.ts'

/** Sends an event of the Events API (`{ type, … }`). An event that is not acked is sent again, as Slack does it. */
export async function sendEvent(stage: Stage, event: Json): Promise<Seen> {
  const payload = eventPayload(stage.world, { event_ts: (stage.world.now() / 1000).toFixed(6), ...event })
  const user = typeof event['user'] === 'string' ? event['user'] : ''
  const seen = await perform(stage, { parcel: { kind: 'events_api', payload, takesAnswer: false }, user })
  if (!seen.acked) retry(stage, payload, user, 0, seen.error ?? 'operation_timeout')
  return seen
}

function retry(stage: Stage, payload: Json, user: string, done: number, error: string): void {
  const delay = stage.eventRetries[done]
  if (delay === undefined) return
  const reason = error === 'operation_timeout' ? 'timeout' : 'http_error'
  stage.timers.later(delay, () => {
    const parcel = { kind: 'events_api' as const, payload, takesAnswer: false, retry: { num: done + 1, reason } }
    void perform(stage, { parcel, user }).then((seen) => {
      if (!seen.acked) retry(stage, payload, user, done + 1, seen.error ?? 'operation_timeout')
    })
  })
}

/** A person opens the app's Home tab. */
export function openHome(stage: Stage, user: string): Promise<Seen> {
  const { world } = stage
  const home = world.homes.get(userOf(world, user).id)
  happened(world, `${userOf(world, user).name} opens the Home tab`)
  return sendEvent(stage, {
    type: 'app_home_opened',
    user,
    channel: dmOf(world, user).id,
    tab: 'home',
    ...(home === undefined ? {} : { view: home.view }),
  })
}
