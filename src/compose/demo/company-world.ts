import { startFollowing } from '../../sandbox/world/follow-advice.ts'
import { startLife } from '../../sandbox/world/life.ts'
import { cast, slackIds } from '../../sandbox/world/plan-slack.ts'
import { planWorld } from '../../sandbox/world/plan-world.ts'
import { seededRandom } from '../../sandbox/world/random.ts'
import { seedWorld } from '../../sandbox/world/seed-world.ts'
import type { DemoWorld } from './demo-world.ts'
import { liveCluster } from './live-cluster.ts'

const SEED = 1131
/** The local Slack's bot: who lists a channel's members lists it too. */
const BOT = 'U0FERRY'

/** The company of forty teams whose pods redeploy on their own rhythm. */
export function companyWorld(): DemoWorld {
  const plan = planWorld(SEED)
  const known = plan.teams.map(({ name, channel, contact, locale, zone }) => [
    name,
    { channel, contact, locale, timezone: zone },
  ])
  return {
    kubernetesVersion: 'v1.34.4',
    versions: { from: '1.30.0', to: '1.31.0' },
    istioctl: ['1.30.0', '1.31.0'],
    teams: Object.fromEntries(known),
    channels: plan.slack.channels.map(({ id, name = id, members = [] }) => ({ id, name, members: [...members, BOT] })),
    users: plan.slack.users,
    groups: plan.slack.groups,
    cast: [
      { user: cast.lee, name: 'Lee', role: 'asks for the upgrade' },
      { user: cast.mei, name: '梅 Mei', role: 'approves' },
      { user: cast.sam, name: 'Sam', role: 'approves, is on call' },
      { user: cast.payments, name: '林晓雨', role: 'app team payments, reads Chinese' },
      { user: cast.outsider, name: 'Robin Hale', role: 'an outsider' },
    ],
    onCall: slackIds.onCall,
    seed: (kube) => seedWorld(kube, plan, { version: '1.30.0', prodStable: 'default' }),
    begin: (kube, calendar) => {
      const cluster = liveCluster(kube, plan, calendar)
      const life = startLife(kube, plan, calendar, seededRandom(SEED))
      // The visitor can be of payments: its reminder waits for whoever that is, and only on the last day somebody else answers.
      const teams = plan.teams.map(({ name }) => name).filter((name) => name !== 'payments')
      const owners = startFollowing(calendar, cluster.mesh, { ...life, teams })
      return {
        ...cluster,
        stop: () => {
          owners.stop()
          life.stop()
          cluster.stop()
        },
      }
    },
  }
}
