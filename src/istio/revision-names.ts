import type { Refusal } from '../kernel/errors.ts'
import { parseVersion } from './versions.ts'

/** What Istio calls a control plane that was installed without a revision. */
export const DEFAULT_REVISION = 'default'

/** Kubernetes allows 63 characters in `istiod-<revision>`, the name of its Service. */
const REVISION_PATTERN = /^[a-z0-9]([-a-z0-9]{0,54}[a-z0-9])?$/

/** Kubernetes allows 63 characters in `istiod-revision-tag-<tag>`, the tag's Service since Istio 1.28. */
const TAG_PATTERN = /^[a-z0-9]([-a-z0-9]{0,41}[a-z0-9])?$/

/** `1-31-0` for `1.31.0`, `1-31-0-rc-0` for `1.31.0-rc.0`: dots aren't allowed in a revision's name. */
export function revisionNameOf(version: string): string {
  const parsed = parseVersion(version)
  const text = parsed === null ? version : version.trim().replace(/^v/, '')
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/** The name of the Service and Deployment of a revision's istiod (istio-discovery chart, all versions). */
export function istiodNameOf(revision: string): string {
  return revision === DEFAULT_REVISION ? 'istiod' : `istiod-${revision}`
}

/**
 * Why a name can't be that of a new revision: REVISION_NAME_INVALID, REVISION_NAME_RESERVED (`default`) or
 * REVISION_NAME_TAKEN (a tag or another revision has it; an istiod counts both as its own, Istio #56128).
 */
export function revisionNameRefusal(revision: string, taken: readonly string[]): Refusal | null {
  if (revision === DEFAULT_REVISION) return { code: 'REVISION_NAME_RESERVED', facts: { revision } }
  if (!REVISION_PATTERN.test(revision)) return { code: 'REVISION_NAME_INVALID', facts: { revision, longest: 56 } }
  if (taken.includes(revision)) return { code: 'REVISION_NAME_TAKEN', facts: { revision } }
  return null
}

/** Why a name can't be that of a tag: TAG_NAME_INVALID, or TAG_NAME_IS_REVISION (Istio #56128). `default` may be a tag. */
export function tagNameRefusal(tag: string, revisions: readonly string[]): Refusal | null {
  if (!TAG_PATTERN.test(tag)) return { code: 'TAG_NAME_INVALID', facts: { tag, longest: 43 } }
  if (tag !== DEFAULT_REVISION && revisions.includes(tag)) return { code: 'TAG_NAME_IS_REVISION', facts: { tag } }
  return null
}
