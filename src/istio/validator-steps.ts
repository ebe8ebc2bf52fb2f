import { controlPlaneFor } from './control-planes.ts'
import type { TagDocuments } from './generated-tag.ts'
import type { Mesh } from './mesh.ts'
import { applyValidatorStep, patchValidatorStep } from './switch-steps.ts'
import type { SwitchStep } from './switch-types.ts'
import { validatorMoves } from './validators.ts'

/**
 * Every validator that checks everything and leads to OLD goes over to NEW: istiod-default-validator as generated with the
 * tag where that is moved, all others by a patch of the Service's name. A validator that isn't there is not made: that would
 * begin to refuse config which was accepted before.
 */
export function validatorSteps(
  mesh: Mesh,
  from: string,
  to: string,
  moved: readonly { readonly to: TagDocuments; readonly old: TagDocuments }[],
): readonly SwitchStep[] {
  const byTag = moved.find(({ to: { tag } }) => tag === 'default')
  const service = controlPlaneFor(mesh, to)?.service ?? ''
  return validatorMoves(mesh, from).map(({ validator, entries }) => {
    const next = byTag?.to.validator ?? null
    const old = byTag?.old.validator ?? null
    return validator.kind === 'default' && next !== null && old !== null
      ? applyValidatorStep(validator.object, next, old)
      : patchValidatorStep(validator, entries, service)
  })
}
