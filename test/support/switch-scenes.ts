import jsonPatch from 'fast-json-patch'
import type { Change } from '../../src/istio/changes.ts'
import { NEVER_MATCH_SELECTOR } from '../../src/istio/injectors.ts'
import type { Mesh } from '../../src/istio/mesh.ts'
import type { WebhookConfiguration } from '../../src/istio/objects.ts'
import { planSwitch } from '../../src/istio/switch-plan.ts'
import type { GeneratedTag, SwitchPlan, SwitchStep } from '../../src/istio/switch-types.ts'
import { meshOf, revisionInjector, tagInjector, validatorObject } from './istio-builders.ts'

const OLD = { revision: 'default', version: '1.30.0' }
const NEW = { revision: '1-31-0', version: '1.31.0' }

export function disarmed(): WebhookConfiguration {
  const object = revisionInjector('default')
  const webhooks = (object.webhooks ?? []).map((entry) => ({
    ...entry,
    namespaceSelector: NEVER_MATCH_SELECTOR,
    objectSelector: NEVER_MATCH_SELECTOR,
  }))
  return { ...object, webhooks }
}

/** The default and prod-stable are tags that lead to OLD; NEW is installed beside it. */
export function taggedMesh(): Mesh {
  return meshOf([OLD, NEW], {
    mutatingWebhooks: [
      disarmed(),
      revisionInjector('1-31-0'),
      tagInjector('default', 'default'),
      tagInjector('prod-stable', 'default'),
    ],
    validatingWebhooks: [validatorObject('istiod-default-validator', { 'istio.io/rev': 'default' }, 'istiod')],
  })
}

/** As Helm leaves it: OLD's own object is live and no tag is there. */
export function helmMesh(): Mesh {
  return meshOf([OLD, NEW], {
    mutatingWebhooks: [revisionInjector('default'), revisionInjector('1-31-0')],
    validatingWebhooks: [validatorObject('istiod-default-validator', { 'istio.io/rev': 'default' }, 'istiod')],
  })
}

/** What istioctl would print for each tag and both revisions. */
export function generatedFor(tags: readonly string[]): readonly GeneratedTag[] {
  return tags.flatMap((tag) =>
    ['default', '1-31-0'].map((revision) => {
      const service = revision === 'default' ? 'istiod' : `istiod-${revision}`
      const validator = validatorObject('istiod-default-validator', { 'istio.io/rev': revision }, service)
      return { tag, revision, documents: [tagInjector(tag, revision), ...(tag === 'default' ? [validator] : [])] }
    }),
  )
}

export function planned(mesh: Mesh, from: string, to: string, generated: readonly GeneratedTag[]): SwitchPlan {
  const result = planSwitch(mesh, from, to, generated)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

export function after(mesh: Mesh, steps: readonly SwitchStep[]): Mesh {
  return steps.flatMap(({ changes }) => changes).reduce(done, mesh)
}

export function undone(mesh: Mesh, steps: readonly SwitchStep[]): Mesh {
  return steps.flatMap(({ undo }) => undo).reduce(done, mesh)
}

export function liveOf(mesh: Mesh, change: Change): WebhookConfiguration | null {
  const all = [...mesh.mutatingWebhooks, ...mesh.validatingWebhooks]
  return all.find(({ kind, metadata }) => kind === change.ref.kind && metadata.name === change.ref.name) ?? null
}

/** What the API server would make of one change: a patch by RFC 6902, an apply as a whole, since it names every entry. */
export function done(mesh: Mesh, change: Change): Mesh {
  const part = change.ref.kind === 'MutatingWebhookConfiguration' ? 'mutatingWebhooks' : 'validatingWebhooks'
  const live = mesh[part].find(({ metadata }) => metadata.name === change.ref.name)
  const others = mesh[part].filter((object) => object !== live)
  const next = change.kind === 'delete' ? [] : [written(live, change)]
  const all =
    live === undefined ? [...others, ...next] : mesh[part].flatMap((object) => (object === live ? next : [object]))
  return { ...mesh, [part]: all }
}

function written(
  live: WebhookConfiguration | undefined,
  change: Exclude<Change, { kind: 'delete' }>,
): WebhookConfiguration {
  if (change.kind === 'json-patch') {
    if (live === undefined) throw new Error(`no ${change.ref.name}`)
    return jsonPatch.applyPatch(structuredClone(live), structuredClone([...change.operations]), true).newDocument
  }
  const { uid = `uid-${change.ref.name}`, resourceVersion = '7' } = live?.metadata ?? {}
  return { ...change.body, metadata: { ...change.body.metadata, uid, resourceVersion } }
}
