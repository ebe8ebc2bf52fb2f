import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { clickCard, said } from '../support/people.ts'
import type { Rig, RigOptions } from '../support/rig.ts'
import { OLD } from './redeploy.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** Noon, and two teams with channels of their own: payments, whose contact is Mei, and the shop, which reads Chinese. */
export async function atNoon(more: Partial<RigOptions> = {}): Promise<Stage> {
  const stage = await aStage({
    rig: {
      channels: [
        { id: 'C0PAY', name: 'payments' },
        { id: 'C0SHOP', name: 'shop' },
      ],
      teams: { payments: { channel: 'C0PAY', contact: 'U0MEI' }, shop: { channel: 'C0SHOP', locale: 'zh' } },
      ...more,
    },
    prepare: (kube) => {
      seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable', team: 'payments' } })
      seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled', team: 'shop' } })
      seedWorkload(kube, { namespace: 'pay', name: 'api', replicas: 3, inject: OLD })
    },
  })
  stage.passTime(DAY_MS + 12 * HOUR_MS - (Date.now() % DAY_MS))
  return stage
}

/** The texts of all messages of a channel. */
export function heard(rig: Rig, channel: string): readonly string[] {
  return rig.slack.messages(channel).map((message) => rig.slack.text(message))
}

/** Time in which the worker looks some times. */
export async function someLooks(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2000))
}

/** Lee has read what the first reminders say, and lets them leave. */
export async function letLeave(rig: Rig): Promise<void> {
  const preview = await said(rig, 'wait for you', '[Send the reminders')
  // After a flush the bot may have to hear of it again.
  while ((await clickCard(rig, preview, 'U0LEE', 'nudges.send')).includes('CARD_NOT_REMEMBERED')) await someLooks()
  await until(() => /Lee sent them/.test(rig.slack.text(preview)))
}

/** The audit as it stands in the cluster. */
export function auditOf({ kube }: Pick<Stage, 'kube'>): string {
  return JSON.stringify(
    kube.list('v1', 'ConfigMap', 'meshferry').filter(({ metadata }) => metadata.name.startsWith('audit-')),
  )
}
