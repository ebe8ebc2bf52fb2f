import { mustBeGone, mustRun, played, redeployAll, retireOld, revisionNamed, switchOver, type Played } from './acts.ts'
import { must, type Story } from './story.ts'
import { oldWorld } from './story-world.ts'

const HOPS = ['1.9.9', '1.11.8'] as const

export const oldEra: Story = {
  name: 'old-era',
  about: '1.7 → 1.9 → 1.11 by patching the injector, as it was done before there were tags, guarded and proven',
  world: oldWorld,
  play: (stage) =>
    played(stage, async (all) => {
      let old = 'default'
      for (const version of HOPS) {
        await hop(all, version, old)
        old = revisionNamed(version)
      }
      const seen = all.witness.seen('shop')
      must(!seen.some((given) => given === 'none' || given.startsWith('refused')), `no gap; it was ${seen.join(' → ')}`)
    }),
}

async function hop(all: Played, version: string, old: string): Promise<void> {
  await switchOver(all, version)
  await redeployAll(all)
  mustRun(all, version)
  relabel(all, version)
  await retireOld(all, version)
  mustBeGone(all, old)
  await all.witness.gets(['shop', 'pay'], revisionNamed(version))
  await all.people.reads([`Done: ${all.cluster} runs Istio ${version} alone`])
}

const PATCHED = [
  ['MutatingWebhookConfiguration', 'istio-sidecar-injector'],
  ['ValidatingWebhookConfiguration', 'istiod-istio-system'],
] as const

/** istioctl removes by label, so what was patched gets the label of the revision to which it leads: the card asks for it. */
function relabel({ kube }: Played, version: string): void {
  for (const [kind, name] of PATCHED) {
    const object = kube.get('admissionregistration.k8s.io/v1', kind, name)
    must(object !== undefined, `${name} is there`)
    if (!object) continue
    const { resourceVersion: _, managedFields: __, ...metadata } = object.metadata
    const labels = { ...metadata.labels, 'istio.io/rev': revisionNamed(version) }
    kube.put({ ...object, metadata: { ...metadata, labels } }, 'kubectl-label')
  }
}
