import { expect, test } from '@jest/globals'
import { command, switchOver } from '../support/acts.ts'
import { said } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { recordOf } from './attackers.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

function isReleased({ kube }: Stage): boolean {
  return kube.get('v1', 'ConfigMap', 'active', 'meshferry') === undefined
}

/** The run's messages of which the cluster doesn't know yet that their last state is shown. */
function untold(stage: Stage): readonly string[] {
  const map = stage.kube.get('v1', 'ConfigMap', 'messages', 'meshferry')
  const { content = '{}' } = (map?.['data'] ?? {}) as Readonly<Record<string, string>>
  const told = JSON.parse(content) as Readonly<Record<string, { readonly revision: number }>>
  const { messages } = recordOf(stage).run
  return Object.keys(messages).filter((message) => told[message]?.revision !== messages[message])
}

function isAtRest({ slack, channel }: Rig): boolean {
  return slack.messages(channel).every((one) => !/Running:|Undoing:/.test(slack.text(one)))
}

function sentToSlack({ slack }: Rig): number {
  return slack.calls().filter(({ method }) => /^chat\.(post|update)/.test(method)).length
}

const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('Redis flushed right after the end, with Slack and the cluster away: the channel ends with the last state', async () => {
  const stage = await aStage()
  const { kube, rig } = stage
  await switchOver(rig)
  await command(rig, 'U0MEI', 'rollback')
  await until(() => recordOf(stage).run.rollback)
  rig.slack.trouble.slackAway(true)
  await until(() => isReleased(stage))
  const lift = kube.trouble({ path: /configmaps\/messages/, kind: 'hangUp' })
  await rig.redis.flush()
  await moment(1500)
  lift()
  rig.slack.trouble.slackAway(false)
  await said(rig, 'Returned: ')
  await until(() => untold(stage).length === 0)
  expect(isAtRest(rig)).toBe(true)
}, 120_000)

test('Redis flushed again and again until after the end: the channel ends with the last state, and is left alone then', async () => {
  const stage = await aStage()
  const { rig } = stage
  await switchOver(rig)
  await command(rig, 'U0MEI', 'rollback')
  for (let after = 0; after < 3; after += isReleased(stage) ? 1 : 0) {
    await moment(150)
    await rig.redis.flush()
  }
  await said(rig, 'Returned: ')
  // Each flush once cost an edit per message, until Slack's limit held them all back for most of a minute.
  await until(() => isAtRest(rig) && untold(stage).length === 0)
  expect(rig.slack.calls('chat.update').filter(({ status }) => status === 429)).toEqual([])
  const before = sentToSlack(rig)
  await rig.redis.flush()
  await moment(2000)
  expect(sentToSlack(rig)).toBe(before)
}, 120_000)
