import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { switchOver } from '../support/acts.ts'
import { finalAnswer } from '../support/people.ts'
import type { Rig, RigOptions } from '../support/rig.ts'
import { OLD } from './redeploy.ts'
import { aStage, type Stage } from './stage.ts'
import { letLeave } from './teams-stage.ts'

const ALL_DAY = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 * 60 - 1 }

/** Owners may restart: payments, whose members are Mei and the group S0PAY (Sam), and the shop, whose member is Olga. */
export async function anOwnersStage(more: Partial<RigOptions> = {}): Promise<Stage> {
  const stage = await aStage({
    rig: {
      channels: [
        { id: 'C0PAY', name: 'payments' },
        { id: 'C0SHOP', name: 'shop' },
      ],
      groups: [
        { id: 'S0PLATFORM', handle: 'platform', members: ['U0LEE', 'U0MEI'] },
        { id: 'S0PAY', handle: 'pay', members: ['U0SRE'] },
      ],
      teams: {
        payments: { channel: 'C0PAY', contact: 'U0MEI', members: ['U0MEI', 'S0PAY'] },
        shop: { channel: 'C0SHOP', members: ['U0OUT'] },
      },
      ...more,
      settings: { restarts: 'owners', nudge: { everyMs: 1000, max: 1, window: ALL_DAY }, ...more.settings },
    },
    prepare: (kube) => {
      seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable', team: 'payments' } })
      seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled', team: 'shop' } })
      seedWorkload(kube, { namespace: 'pay', name: 'api', replicas: 3, inject: OLD })
    },
  })
  await switchOver(stage.rig)
  return stage
}

/** The reminder in a team's channel, when it is there; the first of all leave when Lee sends them. */
export async function reminder(rig: Rig, channel: string): Promise<SlackMessage> {
  const isSent = rig.slack.messages(rig.channel).some((message) => /Lee sent them/.test(rig.slack.text(message)))
  if (!isSent) await letLeave(rig)
  return rig.slack.waitFor(
    () => rig.slack.messages(channel).find((message) => /reminder 1 of 1/.test(rig.slack.text(message))),
    60_000,
  )
}

/** Presses the button of a reminder and chooses, until the dialog says this; what it says then. */
export async function dialogOf(
  rig: Rig,
  { card, user, says, choose, action = 'team.restart' }: DialogOptions,
): Promise<string> {
  await rig.slack.click({ user, channel: card.channel, ts: card.ts, actionId: action })
  const view = await rig.slack.waitFor(() => rig.slack.views(user).at(-1), 10_000)
  if (choose !== undefined) {
    await rig.slack.select({ user, viewId: view.id, actionId: 'restart.choose', value: optionFor(view.view, choose) })
  }
  return rig.slack.waitFor(() => {
    const text = JSON.stringify(rig.slack.views(user).at(-1)?.view ?? {})
    return says.test(text) ? text : undefined
  }, 30_000)
}

type DialogOptions = {
  readonly card: SlackMessage
  readonly user: string
  readonly says: RegExp
  /** `namespace/name`, where the card has several. */
  readonly choose?: string
  readonly action?: string
}

function optionFor(view: Readonly<Record<string, unknown>>, name: string): string {
  const found = new RegExp(`"text":"${name}"[^}]*}[^}]*"value":"(\\d+)"`).exec(JSON.stringify(view))
  if (!found?.[1]) throw new Error(`${name} is not offered: ${JSON.stringify(view)}`)
  return found[1]
}

/** Sends the dialog; the last word on it. */
export async function sendDialog(rig: Rig, user: string, values: Record<string, unknown> = {}): Promise<string> {
  return finalAnswer(rig, await rig.slack.submit({ user, values }))
}

/** Every write of Meshferry's own to a tenant's workload or pod that reached the API server, dry-runs aside. */
export function tenantWrites(kube: KubeServer): readonly { readonly url: string; readonly body: string }[] {
  return kube.log.filter(
    ({ method, url, userAgent, code }) =>
      userAgent === 'meshferry' &&
      method !== 'GET' &&
      code < 300 &&
      !url.includes('dryRun=All') &&
      /\/(deployments|statefulsets|daemonsets|replicasets|pods)[/?]?/.test(url) &&
      !/\/namespaces\/(istio-system|meshferry)/.test(url),
  )
}

/** The controllers, as the rollout of a workload ends: every pod is new and available. */
export function rolledOut(kube: KubeServer, namespace: string, name: string): void {
  const found = kube.get('apps/v1', 'Deployment', name, namespace)
  if (!found) throw new Error(`there is no ${name}`)
  const { replicas = 1 } = found['spec'] as { readonly replicas?: number }
  const counts = { replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas }
  const status = { observedGeneration: found.metadata.generation ?? 0, ...counts }
  kube.putStatus({ ...found, status }, 'kube-controller-manager')
}
