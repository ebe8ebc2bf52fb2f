import type { SandboxCalendar } from '../clock/calendar.ts'
import type { MeshView } from './mesh-view.ts'

/** What owners can do once they were asked; see life.ts. */
export type Owners = {
  /** Whom one can ask; what nobody owns waits for the last day. */
  readonly teams: readonly string[]
  readonly redeployTeam: (team: string) => unknown
  readonly redeployAll: () => unknown
  readonly mendStragglers: (team?: string) => Promise<void>
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const LOOK_MS = 500
/** On this day whoever looks after the cluster asks each of the others in person. */
const LAST_DAY = 4
/** Stands where a team's name does. */
const EVERYBODY = ''

/**
 * When each team does what it is asked to, in calendar ms after new pods began to get another sidecar: on the first to the third
 * day, in the team's own hour, as people answer reminders.
 */
export function answersAfter(teams: readonly string[]): ReadonlyMap<string, number> {
  return new Map(teams.map((team, index) => [team, (1 + (index % 3)) * DAY_MS + (index % 8) * HOUR_MS]))
}

/** Teams whose pods run another sidecar than new pods get; pods without one are nobody's concern. */
export function teamsBehind(view: Pick<MeshView, 'teams'>, gets: string): readonly string[] {
  const isBehind = (byVersion: Readonly<Record<string, number>>): boolean =>
    Object.entries(byVersion).some(([version, pods]) => version !== gets && version !== 'none' && pods > 0)
  return view.teams.filter(({ byVersion }) => isBehind(byVersion)).map(({ name }) => name)
}

/** What most namespaces' new pods get now; null while somebody's can't be had. */
export function mostGet({ newPods }: Pick<MeshView, 'newPods'>): string | null {
  const [most] = newPods.filter(({ gets }) => gets !== 'none').toSorted((a, b) => b.namespaces - a.namespaces)
  return most?.ok ? most.gets : null
}

/** From now on owners follow the advice, whichever way the switch went. It looks only at the cluster, as they would. */
export function startFollowing(
  calendar: Pick<SandboxCalendar, 'now'>,
  view: () => MeshView,
  owners: Owners,
): { stop: () => void } {
  let gets = mostGet(view())
  let since: number | null = null
  const answered = new Set<string>()
  const unmended = new Set<string>()
  const mend = (team: string): void => {
    unmended.delete(team)
    // What could not be done is tried at the next look.
    owners.mendStragglers(team === EVERYBODY ? undefined : team).catch(() => unmended.add(team))
  }
  const due = answersAfter(owners.teams)
  const look = (): void => {
    const seen = view()
    const now = mostGet(seen)
    if (now !== null && gets !== null && now !== gets) {
      since = calendar.now()
      answered.clear()
      unmended.clear()
    }
    gets = now ?? gets
    for (const team of unmended) mend(team)
    if (since !== null && gets !== null) answer(seen, gets, calendar.now() - since)
  }
  const answer = (seen: MeshView, version: string, passed: number): void => {
    const all = passed >= LAST_DAY * DAY_MS
    if (all && !answered.has(EVERYBODY)) {
      answered.add(EVERYBODY)
      owners.redeployAll()
      mend(EVERYBODY)
    }
    for (const team of all ? [] : teamsBehind(seen, version)) {
      if (answered.has(team) || (due.get(team) ?? Infinity) > passed) continue
      answered.add(team)
      owners.redeployTeam(team)
      mend(team)
    }
  }
  const timer = setInterval(look, LOOK_MS)
  return { stop: () => clearInterval(timer) }
}
