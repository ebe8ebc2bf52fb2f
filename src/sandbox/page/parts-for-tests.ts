import { newCalendar } from '../clock/calendar.ts'
import { startSlackServer, type SlackServer } from '../slack-server/server.ts'
import type { Trouble, TroubleState } from '../trouble/trouble.ts'
import type { MeshView } from '../world/mesh-view.ts'
import type { PageParts, StoryPart } from './page-parts.ts'

export const start = Date.UTC(2026, 10, 30, 1, 12)
const day = 86_400_000

const teamNames = [
  'payments',
  'checkout',
  'search',
  'catalog',
  'identity',
  'ledger',
  'shipping',
  'risk',
  'media',
  'mail',
]
const more = ['growth', 'pricing', 'fraud', 'orders', 'inbox', 'maps', 'rides', 'loyalty', 'reviews', 'exports']

/** A mesh in the middle of its migration; `share` of its pods are on the new sidecar. */
export function meshAt(share: number): MeshView {
  const old = (pods: number): Record<string, number> => {
    const moved = Math.round(pods * share)
    return { '1.30.0': pods - moved, '1.31.0': moved }
  }
  const counts = (at: number): Record<string, number> => ({ ...old(1164), ...(at > 0 ? { none: 36 } : { none: 36 }) })
  const switched = share > 0
  return {
    newPods: [
      {
        class: 'istio-injection=enabled',
        namespaces: 31,
        gets: switched ? '1.31.0' : '1.30.0',
        differing: [],
        ok: true,
      },
      {
        class: 'istio.io/rev=prod-stable',
        namespaces: 9,
        gets: switched ? '1.31.0' : '1.30.0',
        differing: [],
        ok: true,
      },
      { class: 'no label', namespaces: 4, gets: 'none', differing: [], ok: true },
    ],
    byVersion: counts(1),
    curve: Array.from({ length: 60 }, (_, index) => {
      const moved = Math.round(1164 * share * (index < 12 ? 0 : 1 - Math.exp(-(index - 12) / 18)))
      return { at: start + (index * 5 * day) / 60, byVersion: { '1.30.0': 1164 - moved, '1.31.0': moved, none: 36 } }
    }),
    controlPlanes: [
      { revision: 'default', version: '1.30.0', ready: 3, wanted: 3, proxies: old(1164)['1.30.0'] ?? 0 },
      ...(switched
        ? [{ revision: '1-31-0', version: '1.31.0', ready: 3, wanted: 3, proxies: old(1164)['1.31.0'] ?? 0 }]
        : []),
    ],
    traffic: { perSecond: 8412, errorsPerSecond: 0, errorsInAll: 0 },
    restartedByUs: 0,
    replacedByTeams: switched ? 648 : 0,
    teams: [
      ...teamNames,
      ...more,
      ...more.map((name) => `${name}-data`),
      ...teamNames.map((name) => `${name}-api`),
    ].map((name, index) => {
      const pods = 8 + ((index * 17) % 53)
      return { name, pods, byVersion: old(pods) }
    }),
  }
}

function trouble(name: Trouble['name'], label: string, bites: string | null, lasts: boolean): Trouble {
  let state: TroubleState = { kind: 'quiet' }
  return {
    name,
    label,
    bites: () => bites,
    state: () => state,
    start: () => {
      state = lasts ? { kind: 'on', since: start } : { kind: 'over', since: start, lost: 'nothing' }
      return Promise.resolve(true)
    },
    end: lasts
      ? () => {
          state = { kind: 'over', since: start, lost: 'nothing' }
          return Promise.resolve()
        }
      : null,
  }
}

export type TestPage = PageParts & {
  readonly slack: SlackServer
  readonly setMesh: (mesh: MeshView) => void
  readonly setStory: (story: StoryPart | null) => void
}

/** A local Slack with a cast of four, a fixed mesh, and troubles that only change their own state. */
export async function testParts(): Promise<TestPage> {
  const calendar = newCalendar(start, Date.now)
  const slack = await startSlackServer({
    users: [
      { id: 'U0LEE', name: 'lee', realName: 'Lee', tz: 'Asia/Shanghai' },
      { id: 'U0MEI', name: 'mei', realName: 'Mei', tz: 'Asia/Shanghai' },
      { id: 'U0JON', name: 'jonas', realName: 'Jonas', tz: 'Europe/Berlin' },
      { id: 'U0WEI', name: 'wei', realName: 'Wei', locale: 'zh-CN', tz: 'Asia/Shanghai' },
      { id: 'U0KIM', name: 'kim', realName: 'Kim' },
    ],
    groups: [{ id: 'S0MESH', handle: 'mesh-approvers', members: ['U0MEI', 'U0JON'] }],
    channels: [
      { id: 'C0PROD', name: 'mesh-prod-a' },
      { id: 'C0PAY', name: 'payments' },
      { id: 'C0SECRET', name: 'mesh-oncall', isPrivate: true, members: ['U0MEI', 'U0FERRY'] },
    ],
  })
  const at = { mesh: meshAt(0), skipping: false, story: null as StoryPart | null }
  return {
    slack,
    calendar,
    mesh: () => at.mesh,
    setMesh: (mesh) => void (at.mesh = mesh),
    setStory: (story) => void (at.story = story),
    skip: {
      start: () => {
        at.skipping = true
        return 'runs'
      },
      stop: () => void (at.skipping = false),
      running: () => at.skipping,
    },
    troubles: [
      trouble('argocd', 'Argo CD puts the webhook back', 'would undo the switch', false),
      trouble('istiod-dies', 'istiod dies', null, true),
      trouble('slack-away', 'Slack away', 'a decision is open', true),
      trouble('redis-flushed', 'Redis flushed', 'three jobs are queued', false),
      trouble('worker-killed', 'Worker killed', null, false),
    ],
    cast: [
      { user: 'U0LEE', name: 'Lee', role: 'asks for the upgrade' },
      { user: 'U0MEI', name: 'Mei', role: 'approves' },
      { user: 'U0JON', name: 'Jonas', role: 'approves' },
      { user: 'U0WEI', name: 'Wei', role: 'app team payments, reads Chinese' },
      { user: 'U0KIM', name: 'Kim', role: 'an outsider' },
    ],
    command: '/istio',
    cluster: 'prod-a',
    versions: { from: '1.30.0', to: '1.31.0' },
    channel: 'C0PROD',
    story: () => at.story,
  }
}
