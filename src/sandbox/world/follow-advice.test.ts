import { expect, test } from '@jest/globals'
import { answersAfter, mostGet, startFollowing, teamsBehind } from './follow-advice.ts'
import type { MeshView } from './mesh-view.ts'

const HOUR_MS = 3_600_000

function viewOf(gets: string, teams: Readonly<Record<string, Readonly<Record<string, number>>>>, ok = true): MeshView {
  return {
    newPods: [
      { class: 'enabled', namespaces: 9, gets, differing: [], ok },
      { class: 'no label', namespaces: 20, gets: 'none', differing: [], ok: true },
    ],
    byVersion: {},
    curve: [],
    controlPlanes: [],
    traffic: { perSecond: 0, errorsPerSecond: 0, errorsInAll: 0 },
    restartedByUs: 0,
    replacedByTeams: 0,
    teams: Object.entries(teams).map(([name, byVersion]) => ({ name, pods: 1, byVersion })),
  }
}

test('who is behind: whose pods run another sidecar than new ones get', () => {
  const view = viewOf('1.31.0', { a: { '1.30.0': 1, '1.31.0': 4 }, b: { '1.31.0': 2, none: 1 }, c: { none: 3 } })
  expect(teamsBehind(view, '1.31.0')).toEqual(['a'])
  expect(mostGet(view)).toBe('1.31.0')
  expect(mostGet(viewOf('failed calling webhook', {}, false))).toBeNull()
})

test('teams answer on the first to the third day, not all at once', () => {
  const hours = [...answersAfter(['a', 'b', 'c', 'd']).values()].map((ms) => ms / HOUR_MS)
  expect(hours).toEqual([24, 49, 74, 27])
})

test('nobody moves before the switch; after it each team in its time; on the fourth day everybody who is left', async () => {
  let now = 0
  let view = viewOf('1.30.0', { a: { '1.30.0': 2 }, b: { '1.30.0': 1 } })
  const did: string[] = []
  const following = startFollowing({ now: () => now }, () => view, {
    teams: ['a', 'b'],
    redeployTeam: (team) => did.push(team),
    redeployAll: () => did.push('all'),
    mendStragglers: async () => undefined,
  })
  const passes = async (hours: number): Promise<void> => {
    now += hours * HOUR_MS
    await new Promise((resolve) => setTimeout(resolve, 1100))
  }
  try {
    await passes(200)
    expect(did).toEqual([])
    view = viewOf('1.31.0', { a: { '1.30.0': 2 }, b: { '1.30.0': 1 }, unowned: { '1.30.0': 1 } })
    await passes(1)
    expect(did).toEqual([])
    await passes(25)
    expect(did).toEqual(['a'])
    await passes(100)
    expect(did).toEqual(['a', 'all'])
  } finally {
    following.stop()
  }
})

test('what an owner could not do is tried at the next look, and nothing of it goes unheard', async () => {
  let now = 0
  let view = viewOf('1.30.0', { a: { '1.30.0': 2 } })
  const tried: string[] = []
  let moved = 0
  const following = startFollowing({ now: () => now }, () => view, {
    teams: ['a'],
    redeployTeam: () => (moved += 1),
    redeployAll: () => undefined,
    mendStragglers: async (team = 'all') => {
      tried.push(team)
      if (tried.length === 1) throw new Error('the API server is away')
    },
  })
  try {
    view = viewOf('1.31.0', { a: { '1.30.0': 2 } })
    await new Promise((resolve) => setTimeout(resolve, 700))
    now = 25 * HOUR_MS
    await new Promise((resolve) => setTimeout(resolve, 1700))
    expect(tried).toEqual(['a', 'a'])
    expect(moved).toBe(1)
  } finally {
    following.stop()
  }
})
