import type { Refusal } from '../kernel/errors.ts'
import type { Mesh, UnreadablePart } from './mesh.ts'

/** What injection rests on; the rest of a mesh may be of an earlier look. */
const INJECTION: readonly string[] = [
  'mutatingWebhooks',
  'validatingWebhooks',
  'namespaces',
  'services',
  'endpoints',
  'configMaps',
  'workloads',
] satisfies readonly (keyof Mesh)[]

/** The first part of what injection rests on that could not be read: what seems to be missing then may be there (promise 5). */
export function unreadInjection({ unreadable }: Mesh): UnreadablePart | undefined {
  return unreadable.find(({ part }) => INJECTION.includes(part))
}

/** Whether, and why, nobody knows which injectors there are. */
export function unreadInjectors({ unreadable }: Mesh): UnreadablePart | undefined {
  return unreadable.find(({ part }) => part === 'mutatingWebhooks')
}

/** MESH_PART_UNREADABLE for each part: everything else that is said of such a mesh may be wrong. */
export function unreadableRefusals({ unreadable }: Mesh): readonly Refusal[] {
  return unreadable.map((one) => ({ code: 'MESH_PART_UNREADABLE', facts: { ...one } }))
}
