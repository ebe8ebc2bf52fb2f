import { newTeamKeeper } from '../../src/flows/team-keeper.ts'
import type { WorkerContext } from '../../src/flows/worker-context.ts'
import { isoOf } from '../../src/kernel/clock.ts'
import { migrationOf } from '../../src/upgrade/migration-of.ts'
import type { Coded } from '../../src/wire/facts.ts'
import type { MessageNotice } from '../../src/wire/notice.ts'
import type { Run } from '../../src/wire/run.ts'
import type { TeamState, TeamStates } from '../../src/wire/team-states.ts'
import { aPolicy, aRun, T0 } from './run-builders.ts'

export const SWITCHED: Run = { ...aRun(), phase: 'retire', state: 'switched' }
export const RETURNING: Run = { ...SWITCHED, state: 'returning' }
export const NEW = SWITCHED.plan.to.revision

export function told(change: Partial<TeamState> = {}): TeamState {
  return { toldAtMs: T0, nudges: 0, lastMs: T0, old: 2, ...change }
}

export function recordOf(teams: TeamStates['teams'], more: Partial<TeamStates> = {}): TeamStates {
  return { run: SWITCHED.id, to: NEW, teams, ...more }
}

type World = {
  readonly run: Run | null
  readonly states: TeamStates | null
  readonly ended?: Run
  /** Teams with two pods of one workload left, by the count of the run's own way. */
  readonly left?: readonly string[]
  /** Names of messages of which it is known where they stand. */
  readonly posted?: readonly string[]
  readonly nowMs?: number
}

/** What a worker does to teams: payments and shop have channels; everything that it writes is there to be looked at, in its order. */
export function toldTeams({ run, states, ended, left = ['payments'], posted = [], nowMs = T0 }: World) {
  const world = { states, notices: [] as MessageNotice[], audited: [] as Coded[], done: [] as string[] }
  const migration = run && migrationOf(run)
  const taken = migration && {
    census: { countedAt: isoOf(nowMs), migration, pods: { old: 2, new: 1, other: 0 } },
    seenMs: nowMs,
    stragglers: left.map((team) => ({
      team,
      namespace: team,
      kind: 'Deployment',
      name: 'web',
      old: 2,
      since: isoOf(T0),
      cause: { code: 'NOT_REDEPLOYED', facts: {} },
    })),
    everyTeam: [],
    workloads: [],
  }
  const ctx = {
    settings: {
      cluster: 'prod-a',
      channel: 'C0PROD',
      timezone: 'UTC',
      teamLabel: 'team',
      teams: { payments: { channel: 'C0PAY' }, shop: { channel: 'C0SHOP' } },
      nudge: { everyMs: 86_400_000, max: 3, window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 * 60 } },
      restarts: 'off',
      times: { staleAfter: 60_000 },
    },
    policy: aPolicy(),
    clocks: { machine: { now: () => nowMs }, calendar: { now: () => nowMs } },
    runs: { current: async () => run },
    lastCensus: () => taken,
    store: {
      messages: async () => Object.fromEntries(posted.map((name) => [name, { channel: 'C0', ts: '1.1', revision: 1 }])),
      lastEnded: async () => ended ?? null,
    },
    teams: newTeamKeeper({
      read: async () => world.states,
      save: async (after) => {
        world.states = after
        world.done.push('saved')
      },
    }),
    queue: {
      addNotice: async (notice: MessageNotice) => {
        world.notices.push(notice)
        world.done.push('queued')
      },
    },
    audit: { append: async ({ what }: { readonly what: Coded }) => void world.audited.push(what) },
  } as unknown as WorkerContext
  return { ctx, world }
}
