import type { Refusal } from '../kernel/errors.ts'
import type { Mesh } from './mesh.ts'
import type { SwitchStep } from './switch-types.ts'
import { tagsOf } from './tags.ts'

/**
 * Why a step can't be undone now: UNDO_WOULD_DOUBLE. An adoption is taken back (re-arm the old object, prove, then delete the
 * tag) only while the tag still leads to OLD: re-armed beside a tag that leads to NEW, two revisions inject at once.
 */
export function undoRefusal(mesh: Mesh, step: SwitchStep, from: string): Refusal | null {
  if (step.undoWhen === 'always') return null
  const tag = tagsOf(mesh).find((one) => one.tag === 'default')
  if (tag === undefined || !tag.injector.live || tag.revisionByService === from) return null
  const leadsTo = tag.revisionByService ?? 'unknown'
  return { code: 'UNDO_WOULD_DOUBLE', facts: { step: step.id, tag: tag.tag, leadsTo, from } }
}
