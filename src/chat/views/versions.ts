import type { ControlPlaneRef } from '../../wire/plan.ts'
import type { PhaseName } from '../../wire/names.ts'
import { put, type Look } from './look.ts'
import { PHASE_PHRASES } from './phase-phrases.ts'

/** `1.30.0` or `1.29.2, 1.30.0` where more than one old control plane is left behind. */
export function fromText(look: Look, from: readonly Pick<ControlPlaneRef, 'version'>[]): string {
  const versions = [...new Set(from.map((plane) => plane.version))]
  return versions.join(look.locale === 'zh' ? '、' : ', ')
}

/** The phase in the reader's language. */
export function phaseText(look: Look, phase: PhaseName): string {
  return put(look, PHASE_PHRASES[phase].name)
}
