import type { Facts } from '../kernel/errors.ts'
import type { Locale } from '../wire/names.ts'
import { phrase } from './phrases.ts'

/** The facts that name workloads. */
export const WORKLOADS: readonly string[] = ['workload', 'workloads']
const NAME = /^([^/\s]+)\/([^/\s]+)\/([^/\s]+)$/

/** A fact that names workloads by `namespace/kind/name` as people say it; any other as it is. */
export function spokenWorkloads(key: string, value: Facts[string], locale: Locale): Facts[string] {
  if (!WORKLOADS.includes(key)) return value
  if (typeof value === 'string') return spoken(value, locale)
  return Array.isArray(value) ? value.map((one: string) => spoken(one, locale)) : value
}

function spoken(key: string, locale: Locale): string {
  const [, namespace, kind, name] = NAME.exec(key) ?? []
  return namespace ? phrase('workloadName', { namespace, kind, name }, locale) : key
}
