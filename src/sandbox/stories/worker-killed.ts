import { askAndInstall, istiod, played, type Played } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'
import { isTag, tagsWrittenTwice, watchMaking } from './twice.ts'
import { waitUntil } from './wait-until.ts'

export const workerKilled: Story = {
  name: 'worker-killed',
  about:
    'kill -9 of the worker in the middle of the install and of the switch: nothing is lost, and nothing happens twice',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { istioctl, kube, people, witness, newRevision, troubles } = all
      const killed = troubles['worker-killed']
      const making = watchMaking(kube, newRevision)
      istioctl[all.world.versions.to]?.behave({ slowAt: 'ready', slowMs: 2000 })
      await askAndInstall(all)
      await waitUntil('the install has begun', () => istiod(all, newRevision) !== undefined)
      await all.cue('The worker is killed in the middle of the install.')
      must(await killed.start(), 'the worker was killed in the middle of the install')
      const card = await people.card('switch', 'Approve')
      await waitUntil('a worker leads', () => killed.bites() !== null)
      const from = kube.log.length
      await whileTheFirstTagKills(all, () => people.press('U0MEI', card, 'Approve'))
      await people.reads(['Done: switch'])
      await witness.gets(['shop', 'pay'], newRevision)
      making.stop()
      for (const namespace of ['shop', 'pay'])
        mustBe(witness.seen(namespace), ['default', newRevision], `new pods of ${namespace} got`)
      mustBe(making.again(), [], 'made twice of the new control plane')
      mustBe(tagsWrittenTwice(kube, from), [], 'writes of tags that were done twice')
      await waitUntil('nothing is lost', () => {
        const state = killed.state()
        return state.kind === 'over' && state.lost === 'nothing'
      })
    }),
}

/** The worker dies as its first write to a tag is done, before it has an answer. */
async function whileTheFirstTagKills({ kube, troubles }: Played, act: () => Promise<unknown>): Promise<void> {
  const kill: { hit?: Promise<boolean> } = {}
  const stop = kube.listen(({ object }) => {
    if (isTag(object)) kill.hit ??= troubles['worker-killed'].start()
  })
  try {
    await act()
    await waitUntil('the switch writes a tag', () => kill.hit !== undefined)
    must((await kill.hit) === true, 'the worker was killed in the middle of the switch')
  } finally {
    stop()
  }
}
