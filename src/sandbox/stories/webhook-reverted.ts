import { sleep } from '../../kernel/retry.ts'
import { played, switchOver } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

export const webhookReverted: Story = {
  name: 'webhook-reverted',
  about:
    'Argo CD puts the webhooks back after the switch: an alarm names it, nobody fights it, and people go back in order',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { people, witness, newRevision, troubles } = all
      await switchOver(all)
      must(troubles.argocd.bites() !== null, 'Argo CD would bite now')
      await all.cue('Argo CD puts the webhooks back.')
      await troubles.argocd.start()
      await witness.gets(['shop', 'pay'], 'default')
      await people.reads(['Alarm on', 'argocd-controller'])
      await sleep(4000)
      await witness.gets(['shop', 'pay'], 'default', 0)
      await all.cue('Somebody tells Argo CD to leave them.')
      await troubles.argocd.end?.()
      await people.ask('U0MEI', 'rollback')
      await people.reads(['Returned: '])
      await witness.gets(['shop', 'pay'], 'default')
      // Each answer more would be a fight over the webhooks, or a gap.
      for (const namespace of ['shop', 'pay'])
        mustBe(witness.seen(namespace), ['default', newRevision, 'default'], `new pods of ${namespace} got`)
    }),
}
