import type { ObjectMeta } from '../istio/objects.ts'

/** The team that a label or annotation of an object names; null where none does, and where it is empty. */
export function teamOn(meta: Pick<ObjectMeta, 'labels' | 'annotations'> | undefined, teamLabel: string): string | null {
  return meta?.labels?.[teamLabel] || meta?.annotations?.[teamLabel] || null
}
