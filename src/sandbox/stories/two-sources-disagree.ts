import { sidecarOf } from '../kube-server/seed/sidecar-of.ts'
import { objectAt } from '../kube-server/kube-object.ts'
import { seedWorkload } from '../kube-server/seed/seed-workload.ts'
import { hoursPass, istiod, mustRun, played, redeployAll, switchOver } from './acts.ts'
import { must, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

export const twoSourcesDisagree: Story = {
  name: 'two-sources-disagree',
  about:
    'no pod is left on the old sidecar, but an istiod still has a proxy: the old control plane stays until both say zero',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { kube, people } = all
      await switchOver(all)
      // A pod that has ended for the API server and is still connected: who counts pods leaves it out, istiod does not.
      const inject = sidecarOf('default', all.world.versions.from)
      const [ghost] = seedWorkload(kube, { namespace: 'shop', name: 'ghost', replicas: 1, inject })
      if (ghost) kube.put({ ...ghost, status: { ...objectAt(ghost, 'status'), phase: 'Succeeded' } })
      await redeployAll(all)
      mustRun(all, all.world.versions.to)
      await hoursPass(all, 48)
      must(!people.texts().some((text) => text.includes('rehearsal')), 'nobody is asked while one source disagrees')
      must(istiod(all, 'default') !== undefined, 'the old control plane is there')
      if (ghost) kube.remove('v1', 'Pod', ghost.metadata.name, 'shop')
      kube.remove('apps/v1', 'Deployment', 'ghost', 'shop')
      await hoursPass(all, 26)
      await people.card('rehearsal', 'Approve')
    }),
}
