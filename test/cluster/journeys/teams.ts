import type { Rig, RigOptions } from '../../support/rig.ts'
import type { Mesh } from '../harness/mesh.ts'
import type { Tenant } from '../harness/tenants.ts'
import { sidecarsOf } from '../harness/tenants.ts'

export const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Teams that have a channel of their own; the platform's pods have a team, and it has none. */
export const CHANNELS: Readonly<Record<string, string>> = {
  payments: 'C0PAY',
  catalog: 'C0CAT',
  orders: 'C0ORD',
  pinned: 'C0PIN',
}

/** Settings and channels for them, as meshferry.yaml would name them. */
export const TEAMS: Pick<RigOptions, 'teams' | 'channels'> = {
  teams: Object.fromEntries(Object.entries(CHANNELS).map(([team, channel]) => [team, { channel }])),
  channels: Object.entries(CHANNELS).map(([name, id]) => ({ id, name })),
}

/** ms from now until noon (UTC) of the next day. */
export function untilNoon(nowMs: number): number {
  return DAY_MS + 12 * HOUR_MS - (nowMs % DAY_MS)
}

export function heard(rig: Rig, team: string): readonly string[] {
  return rig.slack.messages(CHANNELS[team] ?? '').map((message) => rig.slack.text(message))
}

export function digests(rig: Rig): readonly string[] {
  return rig.slack
    .messages(rig.channel)
    .map((message) => rig.slack.text(message))
    .filter((text) => text.startsWith('## 🌙'))
}

/** Team → pods on the old sidecar, as a digest names them. */
export function teamsIn(digest: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...digest.matchAll(/\*([\w-]+)\* {3}pods (\d+)/g)].map(([, team, pods]) => [team, Number(pods)]),
  )
}

/** The same by the cluster's own word: pods whose sidecar is of this revision, by the label of their namespace. */
export async function teamsOn(
  mesh: Mesh,
  all: readonly Tenant[],
  revision: string,
): Promise<Readonly<Record<string, number>>> {
  const counts = await Promise.all(
    all.map(async ({ namespace, labels }) => {
      const sidecars = Object.values(await sidecarsOf(mesh, namespace))
      return [labels['team'] ?? '', sidecars.filter((one) => one === revision).length] as const
    }),
  )
  return Object.fromEntries(counts.filter(([, pods]) => pods > 0))
}
