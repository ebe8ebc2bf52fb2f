import type { Change } from './changes.ts'

/** Documents parsed from one `istioctl tag generate TAG --revision REVISION`. */
export type GeneratedTag = {
  readonly tag: string
  readonly revision: string
  readonly documents: readonly unknown[]
}

type SwitchStepKind = 'adopt-tag' | 'disarm' | 'move-tag' | 'patch-injector' | 'move-validator' | 'move-tag-service'

/**
 * One step of the switch: writes that are done in order and proven together. `flips` says that new pods of some class
 * get another revision by it; a step that doesn't flip must leave every proof as it was.
 */
export type SwitchStep = {
  /** Stable: `adopt-tag.default`, `disarm.istio-sidecar-injector`, `move-tag.prod-stable`. */
  readonly id: string
  readonly kind: SwitchStepKind
  /** The tag that the step is about; null where it is about none. */
  readonly tag: string | null
  /** The object's name. */
  readonly target: string
  readonly flips: boolean
  readonly changes: readonly Change[]
  /** Gives back what the step changed, in order. */
  readonly undo: readonly Change[]
  /**
   * When `undo` may run: `always`; or `before-move`: only while every tag still points at OLD (adoption and disarming:
   * re-arming while the tag points at NEW makes two injectors, facts of a real cluster).
   */
  readonly undoWhen: 'always' | 'before-move'
}

export type SwitchPlan = {
  /** How the default injection moves; `none` when only named tags resolve to OLD. */
  readonly strategy: 'tag' | 'patch' | 'none'
  readonly from: string
  readonly to: string
  /** In order: adoption (if any), the flips, then validators and tag Services. */
  readonly steps: readonly SwitchStep[]
  /** The way back after any flip, in order: tags first (each one write), then validators and tag Services. */
  readonly undo: readonly SwitchStep[]
  /** Tags that resolve to OLD and stay there because the caller said so. */
  readonly keptTags: readonly string[]
}
