import type { Pod } from './objects.ts'
import { judgeRefusal } from './probe-refusals.ts'
import type { ProbeVerdict } from './probe-verdict.ts'
import type { Sidecar } from './sidecar.ts'
import { sidecarOf } from './sidecar.ts'
import { sameBuild } from './versions.ts'

/** What the API server said to a dry-run pod. The same shape as the cluster port's. */
export type DryRunAnswer =
  | { readonly kind: 'admitted'; readonly pod: Pod }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }

/**
 * Judges one answer. `expectedRevision` null means that the pod must get no sidecar; `expectedVersion` null leaves the
 * version out (an image by digest). A pod that pins its image is judged by revision alone.
 */
export function judgeProbe(
  expectedRevision: string | null,
  expectedVersion: string | null,
  answer: DryRunAnswer,
): ProbeVerdict {
  if (answer.kind === 'unreachable') {
    return { verdict: 'unprovable', code: 'PROBE_API_UNREACHABLE', facts: { message: answer.message } }
  }
  if (answer.kind === 'refused') return judgeRefusal(answer)
  return judgePod(expectedRevision, expectedVersion, answer.pod)
}

function judgePod(expectedRevision: string | null, expectedVersion: string | null, pod: Pod): ProbeVerdict {
  const sidecar = sidecarOf(pod)
  if (sidecar.kind === 'none') {
    return expectedRevision === null
      ? { verdict: 'right', code: 'PROBE_NO_SIDECAR_AS_EXPECTED', facts: {} }
      : { verdict: 'wrong', code: 'PROBE_NO_SIDECAR', facts: { expected: expectedRevision } }
  }
  if (expectedRevision === null) {
    return { verdict: 'wrong', code: 'PROBE_UNEXPECTED_SIDECAR', facts: { got: sidecar.revision ?? '' } }
  }
  return judgeSidecar(expectedRevision, expectedVersion, sidecar)
}

function judgeSidecar(
  expected: string,
  expectedVersion: string | null,
  sidecar: Exclude<Sidecar, { kind: 'none' }>,
): ProbeVerdict {
  const facts = { expected, got: sidecar.revision ?? '', image: sidecar.image }
  if (sidecar.doubled) return { verdict: 'wrong', code: 'PROBE_DOUBLE', facts }
  if (sidecar.revision === null) return { verdict: 'unprovable', code: 'PROBE_REVISION_UNKNOWN', facts }
  if (sidecar.revision !== expected) return { verdict: 'wrong', code: 'PROBE_OTHER_REVISION', facts }
  if (versionDiffers(expectedVersion, sidecar.version, sidecar.pinnedImage)) {
    const versions = { expectedVersion: expectedVersion ?? '', gotVersion: sidecar.version ?? '' }
    return { verdict: 'wrong', code: 'PROBE_OTHER_VERSION', facts: { ...facts, ...versions } }
  }
  return { verdict: 'right', code: 'PROBE_RIGHT', facts }
}

/** An image without a readable version can't contradict; its revision has been proven. */
function versionDiffers(expected: string | null, got: string | null, pinnedImage: string | null): boolean {
  if (expected === null || got === null || pinnedImage !== null) return false
  return !sameBuild(expected, got)
}
