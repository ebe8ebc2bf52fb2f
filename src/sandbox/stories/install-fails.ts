import { askAndInstall, istiod, mustBeGone, played } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

export const installFails: Story = {
  name: 'install-fails',
  about: 'istioctl fails in the middle: what it made is removed, nobody noticed, and the second try goes through',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { istioctl, people, witness, newRevision } = all
      istioctl[all.world.versions.to]?.behave({ failAt: 'ready', failWith: 'timed out waiting for the condition' })
      await askAndInstall(all)
      const told = await people.reads(['Undone: install', 'timed out waiting for the condition'])
      mustBeGone(all, newRevision)
      istioctl[all.world.versions.to]?.behave({})
      await people.press('U0LEE', told, 'Ask again')
      await people.press('U0MEI', await people.card('install', 'Approve'), 'Approve')
      await people.card('switch', 'Approve')
      must(istiod(all, newRevision) !== undefined, 'the new control plane is there')
      mustBe(witness.seen('shop'), ['default'], 'new pods of shop got')
    }),
}
