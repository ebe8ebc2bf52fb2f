import { kubeTime } from '../kube-server/api.ts'
import { type KubeObject, objectAt } from '../kube-server/kube-object.ts'
import { sidecarOf } from '../kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { seedPod } from '../world/seed-pods.ts'
import { hoursPass, istiod, mustRun, played, redeployAll, switchOver, whileTimeFlies } from './acts.ts'
import { must, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

const GHOST = 'ghost'

export const twoSourcesDisagree: Story = {
  name: 'two-sources-disagree',
  about:
    'no pod is left on the old sidecar, but an istiod still has a proxy: the old control plane stays until both say zero',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { kube, people } = all
      await switchOver(all)
      await all.cue('A pod of shop ends, but its sidecar stays connected to the old istiod.')
      leaveGhost(kube, all.world.versions.from)
      await redeployAll(all)
      mustRun(all, all.world.versions.to)
      await hoursPass(all, 48)
      must(!people.texts().some((text) => text.includes('rehearsal')), 'nobody is asked while one source disagrees')
      must(istiod(all, 'default') !== undefined, 'the old control plane is there')
      await all.cue('Somebody finds that pod and removes it.')
      kube.remove('v1', 'Pod', GHOST, 'shop')
      await whileTimeFlies(all, () => people.card('rehearsal', 'Approve'))
    }),
}

/** A pod that has ended for the API server and is still connected: who counts pods leaves it out, istiod does not. */
function leaveGhost(kube: KubeServer, version: string): void {
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: GHOST, namespace: 'shop', labels: { app: GHOST } },
    spec: { containers: [{ name: 'app', image: 'registry.example.com/ghost:1.0.0' }], restartPolicy: 'Never' },
  }
  const inject = sidecarOf('default', version, true)
  const since = kubeTime(kube.now())
  const ghost = seedPod(kube, pod, 0, { inject, nodeOf: () => 'node-1', count: 1, since })
  kube.put({ ...ghost, status: { ...objectAt(ghost, 'status'), phase: 'Succeeded' } })
}
