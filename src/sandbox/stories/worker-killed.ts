import { askAndInstall, istiod, played } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'
import { waitUntil } from './wait-until.ts'

export const workerKilled: Story = {
  name: 'worker-killed',
  about:
    'kill -9 of the worker in the middle of the install and of the switch: nothing is lost, and nothing happens twice',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { istioctl, people, witness, newRevision, troubles } = all
      const killed = troubles['worker-killed']
      istioctl[all.world.versions.to]?.behave({ slowAt: 'ready', slowMs: 2000 })
      await askAndInstall(all)
      await waitUntil('the install has begun', () => istiod(all, newRevision) !== undefined)
      await killed.start()
      const card = await people.card('switch', 'Approve')
      await people.press('U0MEI', card, 'Approve')
      await waitUntil('a worker leads', () => killed.bites() !== null)
      await killed.start()
      await people.reads(['Done: switch'])
      await witness.gets(['shop', 'pay'], newRevision)
      for (const namespace of ['shop', 'pay'])
        mustBe(witness.seen(namespace), ['default', newRevision], `new pods of ${namespace} got`)
      const state = killed.state()
      must(state.kind === 'over' && state.lost === 'nothing', `nothing is lost; it is ${JSON.stringify(state)}`)
    }),
}
