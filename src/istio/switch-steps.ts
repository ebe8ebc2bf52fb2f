import { refOf, restsOnLive } from './changes.ts'
import type { Change } from './changes.ts'
import type { TagDocuments } from './generated-tag.ts'
import type { Injector } from './injectors.ts'
import type { KubeObject, WebhookConfiguration } from './objects.ts'
import type { SwitchStep } from './switch-types.ts'
import type { Validator, ValidatorEntry } from './validators.ts'
import { neverMatch, renameServices } from './webhook-patches.ts'

/** The tag `default` made for OLD beside its live untagged injector: nothing flips, both lead to OLD. */
export function adoptTagStep(old: TagDocuments): SwitchStep {
  const ref = refOf(old.injector)
  return {
    id: `adopt-tag.${old.tag}`,
    kind: 'adopt-tag',
    tag: old.tag,
    target: old.injector.metadata.name,
    flips: false,
    changes: [{ kind: 'apply', ref, body: old.injector, restsOn: { kind: 'absent' } }],
    undo: [{ kind: 'delete', ref, restsOn: { kind: 'exists' } }],
    undoWhen: 'before-move',
  }
}

/** The untagged injector taken out of use, once the tag injects: its selectors are saved in the undo. */
export function disarmStep(injector: Injector): SwitchStep {
  const patch = neverMatch(
    injector.object,
    injector.entries.filter((entry) => entry.live).map((entry) => entry.index),
  )
  return {
    id: `disarm.${injector.name}`,
    kind: 'disarm',
    tag: null,
    target: injector.name,
    flips: false,
    ...patched(injector.object, patch.forward, patch.back),
    undoWhen: 'before-move',
  }
}

/** One write that points a tag at NEW; its undo is one write that points it at OLD. */
export function moveTagStep(live: KubeObject | undefined, to: TagDocuments, old: TagDocuments): SwitchStep {
  return {
    id: `move-tag.${to.tag}`,
    kind: 'move-tag',
    tag: to.tag,
    target: to.injector.metadata.name,
    flips: true,
    changes: [
      {
        kind: 'apply',
        ref: refOf(to.injector),
        body: to.injector,
        restsOn: live === undefined ? { kind: 'exists' } : restsOnLive(live),
      },
    ],
    undo: [written(old.injector)],
    undoWhen: 'always',
  }
}

/** The tag's own Service (1.28 and later), which proxies and config of tagged gateways use. */
export function moveTagServiceStep(
  live: KubeObject | undefined,
  to: TagDocuments,
  old: TagDocuments,
): SwitchStep | null {
  if (to.service === null || old.service === null) return null
  return {
    id: `move-tag-service.${to.tag}`,
    kind: 'move-tag-service',
    tag: to.tag,
    target: to.service.metadata.name,
    flips: false,
    changes: [{ kind: 'apply', ref: refOf(to.service), body: to.service, restsOn: restsOnLive(live) }],
    undo: [written(old.service)],
    undoWhen: 'always',
  }
}

/** The default validator as generated with the tag. */
export function applyValidatorStep(
  live: WebhookConfiguration,
  to: WebhookConfiguration,
  old: WebhookConfiguration,
): SwitchStep {
  return {
    id: `move-validator.${live.metadata.name}`,
    kind: 'move-validator',
    tag: null,
    target: live.metadata.name,
    flips: false,
    changes: [{ kind: 'apply', ref: refOf(to), body: to, restsOn: restsOnLive(live) }],
    undo: [written(old)],
    undoWhen: 'always',
  }
}

/** A validator that no tag generates: the Service's name of its catch-all entries. */
export function patchValidatorStep(
  validator: Validator,
  entries: readonly ValidatorEntry[],
  service: string,
): SwitchStep {
  const patch = renameServices(
    validator.object,
    entries.map((entry) => entry.index),
    service,
  )
  return {
    id: `move-validator.${validator.name}`,
    kind: 'move-validator',
    tag: null,
    target: validator.name,
    flips: false,
    ...patched(validator.object, patch.forward, patch.back),
    undoWhen: 'always',
  }
}

/** 1.7–1.11: every injecting entry of the object, in one patch. */
export function patchInjectorStep(injector: Injector, service: string): SwitchStep {
  const patch = renameServices(
    injector.object,
    injector.entries.map((entry) => entry.index),
    service,
  )
  return {
    id: `patch-injector.${injector.name}`,
    kind: 'patch-injector',
    tag: null,
    target: injector.name,
    flips: true,
    ...patched(injector.object, patch.forward, patch.back),
    undoWhen: 'always',
  }
}

function patched(
  object: WebhookConfiguration,
  forward: Extract<Change, { kind: 'json-patch' }>['operations'],
  back: Extract<Change, { kind: 'json-patch' }>['operations'],
): Pick<SwitchStep, 'changes' | 'undo'> {
  const ref = refOf(object)
  return {
    changes: [{ kind: 'json-patch', ref, operations: forward, restsOn: restsOnLive(object) }],
    undo: [{ kind: 'json-patch', ref, operations: back, restsOn: { kind: 'exists' } }],
  }
}

function written(body: KubeObject): Change {
  return { kind: 'apply', ref: refOf(body), body, restsOn: { kind: 'any' } }
}
