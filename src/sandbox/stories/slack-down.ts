import { askAndInstall, played } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'
import { waitUntil } from './wait-until.ts'

export const slackDown: Story = {
  name: 'slack-down',
  about:
    'Slack goes away as the switch begins: the cluster is not held up, and afterwards the channel says how things stand',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { people, witness, newRevision, troubles } = all
      const away = troubles['slack-away']
      await askAndInstall(all)
      await people.press('U0MEI', await people.card('switch', 'Approve'), 'Approve')
      await away.start()
      await witness.gets(['shop', 'pay'], newRevision)
      must(!people.texts().some((text) => text.includes('Done: switch')), 'the channel cannot know it yet')
      await all.cue('Slack comes back.')
      await away.end?.()
      await people.reads(['Done: switch'])
      mustBe(witness.seen('shop'), ['default', newRevision], 'new pods of shop got')
      await waitUntil('every message has come', () => {
        const state = away.state()
        return state.kind === 'over' && state.lost === 'nothing'
      })
    }),
}
