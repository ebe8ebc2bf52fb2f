import { stringify } from 'yaml'
import type { PinnedBinaries } from '../../cluster/pinned-binary.ts'
import type { DemoWorld } from './demo-world.ts'

export const CLUSTER = 'prod-a'
export const CHANNEL = 'C0PROD'

type DemoFile = {
  readonly publicKey: string
  readonly istioctl: PinnedBinaries
  readonly world: Pick<DemoWorld, 'teams' | 'onCall'>
  /** A page of a tenant's, asked while a phase is at work. */
  readonly shopUrl: string
}

const PLATFORM = 'S0PLATFORM'

/** meshferry.yaml of the sandbox, as somebody would write it. */
export function demoFile({ publicKey, istioctl, world, shopUrl }: DemoFile): string {
  return stringify({
    bot: { publicKeys: [publicKey] },
    requests: { from: [PLATFORM] },
    clusters: {
      [CLUSTER]: {
        kube: { context: 'sandbox' },
        channel: CHANNEL,
        alarm: { mention: [world.onCall] },
        istioctl,
        start: { switch: 'atOnce' },
        retire: { quietFor: '24h', rehearse: '3s' },
        deadline: '28d',
        probes: [{ name: 'shop', url: shopUrl, every: '1s', budget: '1% over 5m' }],
      },
    },
    approvals: {
      install: { need: 1, from: [PLATFORM] },
      switch: { need: 1, from: [PLATFORM] },
      gateways: { need: 1, from: [PLATFORM] },
      retire: { need: 2, from: [PLATFORM], typed: true },
      rollback: { need: 1, from: [PLATFORM], own: true },
      expires: '72h',
    },
    teams: { label: 'team', known: world.teams },
    digest: { at: '21:00' },
    nudge: { every: '1d', max: 5, between: '10:00-18:00', days: 'Mon-Sun' },
    evidence: { to: './evidence' },
  })
}
