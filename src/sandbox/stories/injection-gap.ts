import type { KubeObject } from '../kube-server/kube-object.ts'
import { played, switchOver } from './acts.ts'
import { must, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

const REGISTRATION = 'admissionregistration.k8s.io/v1'
const KIND = 'MutatingWebhookConfiguration'
const TAG = 'istio-revision-tag-prod-stable'
const ALARM_MS = 10_000

export const injectionGap: Story = {
  name: 'injection-gap',
  about:
    'somebody deletes a tag: from then on pods start without a sidecar, silently; the alarm comes within ten seconds and ends with the gap',
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { kube, people, witness, newRevision } = all
      await switchOver(all)
      const tag = kube.get(REGISTRATION, KIND, TAG)
      must(tag !== undefined, `${TAG} is there`)
      if (!tag) return
      await all.cue(`Somebody deletes ${TAG}.`)
      kube.remove(REGISTRATION, KIND, TAG)
      const since = Date.now()
      await witness.gets(['pay'], 'none')
      await people.reads(['Alarm on', 'pay'])
      must(Date.now() - since < ALARM_MS, 'the alarm comes within ten seconds')
      await all.cue('They put it back.')
      const { resourceVersion: _, managedFields: __, uid: ___, ...metadata } = tag.metadata
      kube.put({ ...tag, metadata } as KubeObject, 'kubectl-client-side-apply')
      await witness.gets(['shop', 'pay'], newRevision)
      await people.reads(['Alarm over'])
    }),
}
