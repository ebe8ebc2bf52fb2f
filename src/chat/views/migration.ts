import type { Census } from '../../wire/census.ts'
import { put, type Look } from './look.ts'
import { movedFacts, teamsLeft, unknownLines } from './moved.ts'
import { sinceLine } from './since.ts'

const TEAMS = 5

/** How far the pods are, for the status: counts, since when, who is left, and what the second source says. */
export function migrationLines(census: Census, look: Look): readonly string[] {
  const { pods, unknown, migration, before, second, teams } = census
  return [
    put(look, 'migrationLine', { ...movedFacts(pods, unknown), to: migration.to }),
    ...unknownLines(unknown, look),
    ...(before ? [sinceLine(before, pods, look)] : []),
    ...(teams.length > 0
      ? [put(look, 'migrationTeams', { list: teamsLeft(teams.slice(0, TEAMS), look), n: teams.length })]
      : []),
    ...(second ? [secondLine(second, migration.from, look)] : []),
  ]
}

/** One istiod that can't be asked makes the number unknown: that is said, and never a zero. */
function secondLine(
  { askedAt, connected }: NonNullable<Census['second']>,
  from: readonly string[],
  look: Look,
): string {
  const old = connected.filter(({ revision }) => from.includes(revision))
  const unknown = old.find(({ proxies }) => proxies === null)
  if (unknown) return put(look, 'migrationSecondUnknown', { revision: unknown.revision, askedAt })
  const proxies = old.reduce((sum, one) => sum + (one.proxies ?? 0), 0)
  return put(look, 'migrationSecond', { proxies, revision: from, askedAt })
}
