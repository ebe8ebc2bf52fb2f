import type { KubeEvent } from '../istio/objects.ts'
import type { Coded } from '../wire/facts.ts'
import type { Side, Sides } from './sides.ts'

const SIGNS = 4
const EVENTS = 3
const MESSAGE = 200

const CODES = {
  fresh: { side: 'SIDECAR_SIDE_NEW', sign: 'SIDECAR_SIGN_NEW', event: 'SIDECAR_EVENT_NEW' },
  old: { side: 'SIDECAR_SIDE_OLD', sign: 'SIDECAR_SIGN_OLD', event: 'SIDECAR_EVENT_OLD' },
} as const

/** What a comparison rests on, as a small list: each side in numbers, what fails on it, and the last warnings about it. */
export function seenOn({ fresh, old, others }: Sides, eventsRead: boolean): readonly Coded[] {
  return [
    ...linesOf(fresh, CODES.fresh),
    ...linesOf(old, CODES.old),
    ...(others > 0 ? [{ code: 'SIDECAR_OTHERS', facts: { n: others } }] : []),
    ...(eventsRead ? [] : [{ code: 'SIDECAR_EVENTS_UNREAD', facts: {} }]),
  ]
}

function linesOf(side: Side, codes: (typeof CODES)[keyof typeof CODES]): readonly Coded[] {
  const { pods, ready, proxyReady, proxyRestarts, appRestarts } = side
  const inNumbers = { code: codes.side, facts: { pods, ready, proxyReady, proxyRestarts, appRestarts } }
  const signs = side.signs.slice(0, SIGNS).filter(({ container }) => container !== '')
  return [
    ...(pods > 0 ? [inNumbers] : []),
    ...signs.map(({ container, reason, pods: n }) => ({ code: codes.sign, facts: { container, reason, n, pods } })),
    ...distinct(side.events)
      .slice(0, EVENTS)
      .map((event) => ({ code: codes.event, facts: eventFacts(event) })),
  ]
}

/** One of each reason: pods of one workload mostly say the same. */
function distinct(events: readonly KubeEvent[]): readonly KubeEvent[] {
  return events.filter((event, index) => events.findIndex(({ reason }) => reason === event.reason) === index)
}

function eventFacts({ reason = '', message = '', count, series }: KubeEvent): Coded['facts'] {
  const said = message.length <= MESSAGE ? message : `${message.slice(0, MESSAGE - 1)}…`
  return { reason, message: said, times: series?.count ?? count ?? 1 }
}
