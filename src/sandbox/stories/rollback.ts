import { istiod, mustBeGone, mustRun, played, redeploy, redeployAll, switchOver, whileTimeFlies } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

export const rollback: Story = {
  name: 'rollback',
  about:
    'the way back after pods have moved: new pods get the old sidecar at once, the new control plane stays until nobody needs it',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { people, witness, newRevision } = all
      await switchOver(all)
      await redeploy(all, 'shop', 'web')
      await people.ask('U0MEI', 'rollback')
      await people.reads(['Returning'])
      await witness.gets(['shop', 'pay'], 'default')
      must(istiod(all, newRevision) !== undefined, 'the new control plane stays for the pods that use it')
      await redeployAll(all)
      mustRun(all, all.world.versions.from)
      await whileTimeFlies(all, () => people.reads(['Returned: ']))
      mustBeGone(all, newRevision)
      mustBe(witness.seen('shop'), ['default', newRevision, 'default'], 'new pods of shop got')
    }),
}
