import { expect, test } from '@jest/globals'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { command, switchOver } from '../support/acts.ts'
import { said } from '../support/people.ts'
import { until } from '../support/until.ts'
import { recordOf } from './attackers.ts'
import { aStage, type Stage } from './stage.ts'

/** Buttons as a client shows them that has not seen the last edits. */
const OLD_BUTTONS = ['approval.approve', 'approval.start', 'run.stop', 'run.undo'] as const

function withButton({ rig }: Stage, actionId: string): { readonly message: SlackMessage; readonly asOf: number } {
  for (const message of rig.slack.messages(rig.channel)) {
    const asOf = message.versions.findLastIndex((version) => JSON.stringify(version.blocks).includes(`"${actionId}"`))
    if (asOf >= 0) return { message, asOf }
  }
  throw new Error(`no message ever had ${actionId}`)
}

/** Everything that one person is told in answer to a click, until it says how the upgrade ended. */
async function toldOf(stage: Stage, actionId: string): Promise<string> {
  const { message, asOf } = withButton(stage, actionId)
  const { slack, channel } = stage.rig
  const seen = await slack.click({ user: 'U0SRE', channel, ts: message.ts, actionId, asOf })
  const says = (): string => JSON.stringify(seen.answers().map(({ versions }) => versions.at(-1)))
  await until(() => /everything was undone/.test(says()), 60_000)
  return says()
}

test('clicks on cards of an upgrade that is over hear how it ended, with the bot’s memory and without, also while another runs', async () => {
  const stage = await aStage()
  const { kube, rig } = stage
  await switchOver(rig)
  await command(rig, 'U0MEI', 'rollback')
  await said(rig, 'Returned: ')
  await until(() => kube.get('v1', 'ConfigMap', 'active', 'meshferry') === undefined)
  const { run } = recordOf(stage)
  const token = new RegExp(`<!date\\^${Math.floor(Date.parse(run.endedAt ?? '') / 60_000) * 60}\\^`)

  for (const id of ['run.stop', 'run.undo']) expect(await toldOf(stage, id)).toMatch(token)
  await rig.redis.flush()
  for (const id of OLD_BUTTONS) {
    const text = await toldOf(stage, id)
    expect(text).toMatch(token)
    expect(text).toMatch(/Mei asked to go back/)
    expect(text).not.toMatch(/[Cc]lick again/)
  }
  await command(rig, 'U0LEE', 'upgrade prod-a to 1.31.0')
  await until(() => recordOf(stage).run.id !== run.id)
  await rig.redis.flush()
  for (const id of OLD_BUTTONS) expect(await toldOf(stage, id)).toMatch(token)
  expect(recordOf(stage).run.stopped).toBeUndefined()
}, 240_000)
