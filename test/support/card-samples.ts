import type { CallFacts } from '../../src/wire/call-facts.ts'
import type {
  AlarmFacts,
  DigestFacts,
  EndFacts,
  RecordFacts,
  RunFacts,
  WaitFacts,
  PreviewFacts,
  TeamFacts,
} from '../../src/wire/card-facts.ts'
import type { ConcernFacts, DisownedFacts } from '../../src/wire/concern-facts.ts'
import { about, AT, coded, DEADLINE, long, many, type Size } from './sample-size.ts'

const GAP = { code: 'ALARM_GAP', facts: { class: 'enabled', namespace: 'shop', expected: '1-31-0', found: 'none' } }
const UNREADABLE = {
  code: 'CLUSTER_REFUSED',
  facts: { message: 'no access', verb: 'get', resource: 'configmaps', namespace: 'meshferry' },
}
const PODS_LEFT = { code: 'PODS_STILL_OLD', facts: { from: 'default', pods: 12, workloads: 3 } }
const NOT_REDEPLOYED = { code: 'NOT_REDEPLOYED', facts: {} }

export function alarmSample(size: Size, over: boolean): AlarmFacts {
  return {
    card: 'alarm',
    ...about(size),
    phase: 'switch',
    what: coded(size, GAP),
    at: AT,
    ...(over ? { endedAt: AT } : {}),
    rollbackOffered: true,
  }
}

const UNPROVABLE = { code: 'PROOF_UNPROVABLE', facts: { class: 'enabled', namespace: 'pay' } }
const TIMED_OUT = {
  code: 'INSTALL_FAILED',
  facts: { version: '1.31.0', ended: 'exited', said: 'timed out waiting for the condition' },
}

export function callSample(size: Size, kind: CallFacts['kind'], change: Partial<CallFacts> = {}): CallFacts {
  return {
    card: 'call',
    ...about(size),
    kind,
    state: 'open',
    phase: kind === 'halted' ? 'switch' : 'install',
    what: coded(size, kind === 'halted' ? UNPROVABLE : TIMED_OUT),
    ...(change.between ? {} : { gets: kind === 'halted' ? '1.31' : '1.30' }),
    at: AT,
    requestedBy: 'U0LEE',
    rollbackOffered: true,
    ...change,
  }
}

export function recordSample(size: Size, over: boolean): RecordFacts {
  const { cluster } = about(size)
  return { card: 'record', cluster, what: coded(size, UNREADABLE), at: AT, ...(over ? { endedAt: AT } : {}) }
}

function straggler(size: Size, index: number): TeamFacts['workloads'][number] {
  return {
    team: 'payments',
    namespace: long(size, 'pay', 63),
    kind: 'Deployment',
    name: long(size, `api-${index}`, 253),
    old: 2,
    pods: 3,
    newestPodAt: AT,
    cause: coded(size, NOT_REDEPLOYED),
  }
}

export function teamSample(
  size: Size,
  kind: TeamFacts['kind'],
  answered?: NonNullable<TeamFacts['answered']>['kind'],
): TeamFacts {
  return {
    card: 'team',
    ...about(size),
    kind,
    team: long(size, 'payments', 63),
    number: 1,
    most: 5,
    requestedBy: 'U0LEE',
    askedIn: 'C0PROD',
    contact: 'U0MEI',
    countedAt: AT,
    old: 12,
    workloads: many(size, 2, 10, (index) => straggler(size, index)),
    more: size === 'usual' ? 0 : 40,
    ...(kind === 'nudge' ? { remindDays: ['2026-11-25', '2026-11-27', '2026-12-01', '2026-12-05'] } : {}),
    ...(size === 'worst' && kind === 'nudge' ? { deadline: DEADLINE, restarts: 'owners' } : {}),
    ...(answered ? { answered: { user: 'U0MEI', kind: answered, until: '2026-12-01' } } : {}),
  }
}

export function unownedSample(size: Size, kind: TeamFacts['kind'], answered?: 'snooze'): TeamFacts {
  return { ...teamSample(size, kind, answered), team: null, label: long(size, 'team', 317) }
}

export function concernSample(size: Size, kind: ConcernFacts['kind'], counted = true): ConcernFacts {
  return {
    card: 'concern',
    ...about(size),
    kind,
    team: long(size, 'payments', 63),
    channel: 'C0PAY',
    contact: 'U0MEI',
    at: AT,
    ...(kind === 'help' ? { by: 'U0LIN' } : { number: 5 }),
    ...(counted
      ? {
          counted: {
            at: AT,
            old: 4,
            new: 8,
            workloads: many(size, 2, 10, (index) => straggler(size, index)),
            more: size === 'usual' ? 0 : 40,
          },
        }
      : {}),
  }
}

export function previewSample(size: Size, state: PreviewFacts['state']): PreviewFacts {
  return {
    card: 'preview',
    ...about(size),
    state,
    revision: '1-31-0',
    requestedBy: 'U0LEE',
    countedAt: AT,
    teams:
      state === 'nobody' || state === 'over'
        ? []
        : many(size, 3, 12, (index) => ({
            team: index === 2 ? null : long(size, ['payments', 'shop'][index] ?? 'search', 63),
            channel: 'C0PAY',
            old: 12 - index,
            workloads: 3,
          })),
    moreTeams: size === 'usual' || state === 'nobody' || state === 'over' ? 0 : 50,
    ...(state === 'held' ? { sample: { ...teamSample(size, 'nudge'), deadline: DEADLINE } } : {}),
    ...(state === 'sent' ? { sentBy: { user: 'U0MEI', at: AT } } : {}),
  }
}

/** Five days in which 18 of 30 pods moved, or as many days as are drawn. */
function farSample(size: Size): Pick<WaitFacts, 'curve' | 'forecast'> {
  const days = size === 'usual' ? [30, 24, 20, 15, 12] : Array.from({ length: 14 }, (_, index) => 100_000 - index)
  const curve = days.map((old, index) => ({ day: `2026-11-${24 - days.length + 1 + index}`, old, new: 42 - old }))
  return {
    curve: curve.map((point) => ({ ...point, new: Math.max(0, point.new) })),
    forecast: { day: '2026-11-27', over: 4, moved: 18 },
  }
}

export function waitSample(size: Size): WaitFacts {
  return {
    card: 'wait',
    ...about(size),
    revision: 'default',
    countedAt: AT,
    pods: { old: 12, new: 30, other: size === 'usual' ? 0 : 2 },
    ...farSample(size),
    teams: many(size, 2, 6, (index) => ({ team: index === 1 ? null : long(size, 'payments', 63), old: 6 })),
    moreTeams: size === 'usual' ? 0 : 50,
    rollbackOffered: true,
    because: coded(size, PODS_LEFT),
    ...(size === 'usual' ? {} : { deadline: DEADLINE }),
  }
}

export function disownedSample(size: Size): DisownedFacts {
  return {
    card: 'disowned',
    ...about(size),
    team: long(size, 'payments', 63),
    by: 'U0MEI',
    countedAt: AT,
    label: long(size, 'team', 317),
    workloads: many(size, 2, 10, (index) => straggler(size, index)),
    more: size === 'usual' ? 0 : 40,
  }
}

export function digestSample(size: Size, late: boolean): DigestFacts {
  return {
    card: 'digest',
    ...about(size),
    day: '2026-11-24',
    late,
    migration: { from: ['default'], to: '1-31-0' },
    countedAt: AT,
    pods: { old: 12, new: 30, other: size === 'usual' ? 0 : 2 },
    before: { day: '2026-11-23', old: 15, new: 27 },
    ...farSample(size),
    teams: many(size, 2, 12, (index) => ({
      team: index === 1 ? null : long(size, 'payments', 63),
      old: 6,
      workloads: many(size, 2, 4, (workload) => straggler(size, workload)),
      more: size === 'usual' ? 0 : 40,
    })),
    moreTeams: size === 'usual' ? 0 : 50,
    ...(size === 'usual' ? {} : { deadline: DEADLINE }),
  }
}

export function runSample(size: Size, state: string, stopped: boolean): RunFacts {
  return {
    card: 'run',
    ...about(size),
    phase: 'switch',
    state,
    requestedBy: 'U0LEE',
    ...(stopped ? { stoppedBy: 'U0MEI' } : {}),
    ...(['halted', 'undoing'].includes(state) || size === 'worst' ? { because: coded(size, GAP) } : {}),
    evidence: many(size, 1, 40, () => coded(size, GAP)),
    rollbackOffered: true,
  }
}

export function endSample(size: Size, state: string, isCounted = true, ownerRestarts = 0): EndFacts {
  const counted = (value: number): number | null => (isCounted ? value : null)
  return {
    card: 'end',
    ...about(size),
    state,
    requestedBy: 'U0LEE',
    numbers: { podsMoved: counted(1164), tenantWorkloadsWritten: counted(0), ownerRestarts, clicks: 9, days: 11 },
    proven: 14,
    alarms: 0,
  }
}
