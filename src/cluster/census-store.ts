import { z } from 'zod'
import type { CensusStore } from '../ports/census-store.ts'
import { censusDay } from '../wire/census.ts'
import type { ConfigMaps } from './config-maps.ts'
import type { SealKeys } from './sealed.ts'
import { newSharedMap, type SharedMap } from './shared-map.ts'

const schema = z.array(censusDay)
type Days = z.infer<typeof schema>

/** The port `CensusStore` over ConfigMaps. */
export function newCensusStore(maps: ConfigMaps, seals: SealKeys): CensusStore {
  const yearOf = (year: string): SharedMap<Days> =>
    newSharedMap(maps, seals, `census-${year}`, [], (value) => schema.parse(value))
  return {
    saveDay: (day) =>
      yearOf(day.day.slice(0, 4)).update((days) => [...days.filter((one) => one.day !== day.day), day].sort(byDay)),
    days: (year) => yearOf(year).read(),
  }
}

function byDay(a: { readonly day: string }, b: { readonly day: string }): number {
  return a.day < b.day ? -1 : 1
}
