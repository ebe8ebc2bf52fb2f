import { hoursPass, istiod, mustRun, played, redeploy, switchOver, whileTimeFlies } from './acts.ts'
import { must, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

export const stragglers: Story = {
  name: 'stragglers',
  about:
    'one team does not redeploy: the digest names it each night, its own channel is reminded once Lee has read what it says, and nothing is removed before it has moved',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { people } = all
      await switchOver(all)
      for (const name of ['web', 'cart']) await redeploy(all, 'shop', name)
      const preview = await whileTimeFlies(all, () => people.card('reminders to', 'Send the reminders'))
      await people.press('U0LEE', preview, 'Send the reminders')
      await hoursPass(all, 24)
      await people.reads(['🌙', 'payments', 'pay/api'])
      await people.reads(['payments', '1.30.0', '再提醒'], 'C0PAY')
      must(!people.texts().some((text) => text.includes('rehearsal')), 'nobody is asked to let the old one go')
      must(istiod(all, 'default') !== undefined, 'the old control plane stands while pods hold on to it')
      await redeploy(all, 'pay', 'api')
      mustRun(all, all.world.versions.to)
      await whileTimeFlies(all, () => people.card('rehearsal', 'Approve'))
    }),
}
