import type { KubeObject } from '../kube-server/kube-object.ts'
import { isJsonObject, listAt, objectAt } from '../kube-server/kube-object.ts'
import { askAndInstall, istiod, played } from './acts.ts'
import { must, mustBe, type Story } from './story.ts'
import { todaysWorld } from './story-world.ts'

const REGISTRATION = 'admissionregistration.k8s.io/v1'
const OWN = 'istio-sidecar-injector'

export const poisonedTag: Story = {
  name: 'poisoned-tag',
  about:
    "a hand patch of the old days lies in OLD's own injector: the upgrade is refused until it is mended, and the way back leads back",
  world: todaysWorld,
  play: (stage) =>
    played(stage, async (all) => {
      const { kube, people, witness, newRevision } = all
      const whole = kube.get(REGISTRATION, 'MutatingWebhookConfiguration', OWN)
      must(whole !== undefined, `${OWN} is there`)
      if (!whole) return
      await all.cue(`Somebody patches ${OWN} by hand.`)
      kube.put(patchedByHand(whole, `istiod-${newRevision}`), 'kubectl-edit')
      const refused = await people.ask('U0LEE', `upgrade to ${all.world.versions.to}`)
      must(refused.includes(OWN), `the refusal names ${OWN}; it says: ${refused}`)
      must(!istiod(all, newRevision), 'nothing was installed')
      await all.cue('They mend it.')
      kube.put(withoutVersion(whole), 'kubectl-edit')
      await askAndInstall(all)
      await people.press('U0MEI', await people.card('switch', 'Approve'), 'Approve')
      await people.reads(['Done: switch'])
      await witness.gets(['shop', 'pay'], newRevision)
      await all.cue('They patch it by hand once more.')
      kube.put(patchedByHand(whole, `istiod-${newRevision}`), 'kubectl-edit')
      await people.ask('U0MEI', 'rollback')
      await people.reads(['Returned: '])
      await witness.gets(['shop', 'pay'], 'default')
      mustBe(witness.seen('shop'), ['default', newRevision, 'default'], 'new pods of shop got')
    }),
}

/** What the articles say: another Service in the first entry. On today's Istio it changes nothing at once. */
function patchedByHand(object: KubeObject, service: string): KubeObject {
  const [first, ...others] = listAt(object, 'webhooks')
  if (!isJsonObject(first)) return object
  const client = objectAt(first, 'clientConfig')
  const clientConfig = { ...client, service: { ...objectAt(client, 'service'), name: service } }
  return withoutVersion({ ...object, webhooks: [{ ...first, clientConfig }, ...others] })
}

function withoutVersion({ metadata, ...object }: KubeObject): KubeObject {
  const { resourceVersion: _, managedFields: __, ...kept } = metadata
  return { ...object, metadata: kept } as KubeObject
}
