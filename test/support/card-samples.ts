import type {
  AlarmFacts,
  ApprovalFacts,
  DigestFacts,
  DisownedFacts,
  ProgressFacts,
  RecordFacts,
  RunFacts,
  TeamFacts,
  WaitFacts,
} from '../../src/wire/card-facts.ts'
import type { Coded } from '../../src/wire/facts.ts'
import type { Look } from '../../src/chat/views/look.ts'

/** Facts for the view tests: an ordinary cluster, and the longest data that the wire lets through. */
export type Size = 'usual' | 'worst'

const HASH = 'a'.repeat(64)
const AT = '2026-11-24T09:00:00.000Z'
const DEADLINE = { day: '2026-12-06', days: 12 }
const ULID = '01jd9q4t7h0123456789abcdef'
const EVIL = '<!channel> & *bold* `code` <https://evil.example|click>'

export const look = (locale: 'en' | 'zh'): Look => ({
  locale,
  name: (id) => (id === 'U0LEE' ? 'Lee' : `${id} ${EVIL}`),
})

function many<T>(size: Size, usual: number, worst: number, make: (index: number) => T): T[] {
  return Array.from({ length: size === 'usual' ? usual : worst }, (_, index) => make(index))
}

function long(size: Size, usual: string, length: number): string {
  return size === 'usual' ? usual : `${EVIL}${'警'.repeat(length)}`.slice(0, length)
}

function coded(size: Size): Coded {
  const facts = { message: long(size, 'the API server said no', 2000), resource: 'pods', namespace: 'shop' }
  return { code: 'CLUSTER_REFUSED', facts: { ...facts, verb: 'patch', name: 'x' } }
}

function about(size: Size) {
  const cluster = size === 'usual' ? 'prod-a' : 'c'.repeat(40)
  const from = many(size, 1, 4, (index) => ({ revision: 'default', version: `1.${28 + index}.0` }))
  return { cluster, run: `run-${ULID}`, from, to: { revision: '1-31-0', version: '1.31.0' } }
}

function step(size: Size, index: number): ApprovalFacts['steps'][number] {
  return { id: `switch.move-tag.t${index}`, phase: 'switch', kind: 'move-tag', target: long(size, 'prod-stable', 100) }
}

export function approvalSample(size: Size, state: ApprovalFacts['state'], phase: 'install' | 'switch'): ApprovalFacts {
  const decided = state !== 'pending'
  const person = (index: number) => ({ user: `U0MEI${index}`, at: AT })
  return {
    card: 'approval',
    ...about(size),
    id: `ap-${ULID}`,
    revision: 3,
    state,
    phase,
    decisionNumber: 2,
    decisionsInAll: 2,
    planHash: HASH,
    fingerprint: HASH,
    requestedBy: 'U0LEE',
    need: 2,
    approvers: many(size, 2, 30, (index) => `S0GROUP${index}`),
    blocked: many(size, 0, 5, () => coded(size)),
    approvedBy: decided ? many(size, 1, 10, person) : [],
    ...(['rejected', 'expired', 'superseded', 'withdrawn'].includes(state)
      ? { endedBy: { user: 'U0MEI', at: AT, reason: long(size, 'payment freeze', 500) }, because: coded(size) }
      : {}),
    ...(state === 'started' ? { startedBy: person(1) } : {}),
    expiresAt: AT,
    requesterMayApprove: false,
    strategy: 'tag',
    steps: many(size, 3, 60, (index) => ({ ...step(size, index), phase })),
    classes: many(size, 2, 40, (index) => ({
      key: long(size, `istio.io/rev=t${index}`, 100),
      namespaces: 12,
      examples: ['shop'],
      pods: 400,
      before: 'default',
      after: '1-31-0',
      movedBy: null,
    })),
    checks: many(size, 4, 40, () => coded(size)),
    warnings: many(size, 1, 20, () => coded(size)),
    notChecked: many(size, 2, 40, (index) => `NOT_CHECKED_THING_${index}`),
    commands: many(size, 2, 60, () => long(size, 'istioctl install -f prod-a.yaml --revision 1-31-0 -y', 3000)),
    undoCommands: many(size, 2, 60, () => long(size, 'kubectl apply -f undo.yaml', 3000)),
  }
}

export function progressSample(size: Size, state: ProgressFacts['state'], undo = false): ProgressFacts {
  const ended = state !== 'running'
  return {
    card: 'progress',
    ...about(size),
    phase: 'switch',
    direction: undo ? 'undo' : 'forward',
    state,
    steps: many(size, 3, 60, (index) => ({
      step: step(size, index),
      state: index === 0 || state === 'done' ? 'done' : state === 'failed' ? 'failed' : 'waiting',
      line: long(size, 'waiting for istiod', 300),
    })),
    startedAt: AT,
    ...(ended ? { endedAt: '2026-11-24T09:02:51.000Z' } : {}),
    approvedBy: many(size, 1, 10, (index) => `U0MEI${index}`),
    proofs: many(size, 3, 60, (index) => ({
      class: long(size, 'istio-injection=enabled', 100),
      namespace: 'shop',
      expected: '1-31-0',
      verdict: index === 0 ? 'right' : index === 1 ? 'wrong' : 'unprovable',
      found: 'default',
      because: coded(size),
      via: ['10.0.0.1:6443'],
      at: AT,
    })),
    evidence: many(size, 2, 40, () => coded(size)),
    ...(['failed', 'halted', 'undone'].includes(state) ? { error: coded(size) } : {}),
    rollbackOffered: true,
    reaskOffered: state === 'undone' || state === 'failed',
  }
}

export function alarmSample(size: Size, over: boolean): AlarmFacts {
  return {
    card: 'alarm',
    ...about(size),
    phase: 'switch',
    what: coded(size),
    at: AT,
    ...(over ? { endedAt: AT } : {}),
    rollbackOffered: true,
  }
}

export function recordSample(size: Size, over: boolean): RecordFacts {
  const { cluster } = about(size)
  return { card: 'record', cluster, what: coded(size), at: AT, ...(over ? { endedAt: AT } : {}) }
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
    cause: size === 'usual' ? { code: 'NOT_REDEPLOYED', facts: {} } : coded(size),
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
    contact: 'U0MEI',
    countedAt: AT,
    old: 12,
    workloads: many(size, 2, 10, (index) => straggler(size, index)),
    more: size === 'usual' ? 0 : 40,
    ...(kind === 'nudge' ? { remindOn: '2026-12-01' } : {}),
    ...(size === 'worst' && kind === 'nudge' ? { deadline: DEADLINE } : {}),
    ...(answered ? { answered: { user: 'U0MEI', kind: answered, until: '2026-12-01' } } : {}),
  }
}

export function unownedSample(size: Size, kind: TeamFacts['kind'], answered?: 'snooze'): TeamFacts {
  return { ...teamSample(size, kind, answered), team: null, label: long(size, 'team', 317) }
}

export function waitSample(size: Size): WaitFacts {
  return {
    card: 'wait',
    ...about(size),
    revision: 'default',
    countedAt: AT,
    pods: { old: 12, new: 30, other: size === 'usual' ? 0 : 2 },
    curve: many(size, 5, 14, (index) => ({ day: `2026-11-${10 + index}`, old: 40 - 2 * index, new: 2 * index })),
    teams: many(size, 2, 6, (index) => ({ team: index === 1 ? null : long(size, 'payments', 63), old: 6 })),
    moreTeams: size === 'usual' ? 0 : 50,
    rollbackOffered: true,
    because:
      size === 'usual' ? { code: 'PODS_STILL_OLD', facts: { from: 'default', pods: 12, workloads: 4 } } : coded(size),
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
    before: { day: '2026-11-23', old: 13 },
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
    because: coded(size),
    evidence: many(size, 2, 40, () => coded(size)),
    rollbackOffered: true,
  }
}
