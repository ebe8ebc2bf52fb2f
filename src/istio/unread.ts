import type { Mesh } from './mesh.ts'

type Unread = Mesh['unreadable'][number]

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
export function unreadInjection({ unreadable }: Mesh): Unread | undefined {
  return unreadable.find(({ part }) => INJECTION.includes(part))
}

/** Whether, and why, nobody knows which injectors there are. */
export function unreadInjectors({ unreadable }: Mesh): Unread | undefined {
  return unreadable.find(({ part }) => part === 'mutatingWebhooks')
}
