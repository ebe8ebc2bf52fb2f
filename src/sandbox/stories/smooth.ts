import { mustBeGone, mustRun, played, redeployAll, retireOld, switchOver } from './acts.ts'
import { mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

export const smooth: Story = {
  name: 'smooth',
  about: 'the whole upgrade, from the question to the removal of the old control plane',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { witness, newRevision } = all
      await switchOver(all)
      await redeployAll(all)
      mustRun(all, all.world.versions.to)
      await retireOld(all)
      mustBeGone(all, 'default')
      await witness.gets(['shop', 'pay'], newRevision)
      for (const namespace of ['shop', 'pay']) {
        mustBe(witness.seen(namespace), ['default', newRevision], `new pods of ${namespace} got, one after the other,`)
      }
    }),
}
