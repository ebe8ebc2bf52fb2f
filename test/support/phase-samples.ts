import type { ApprovalFacts, ProgressFacts } from '../../src/wire/card-facts.ts'
import type { Coded } from '../../src/wire/facts.ts'
import type { PhaseName } from '../../src/wire/names.ts'
import type { StepKind } from '../../src/wire/plan.ts'
import { about, AT, coded, list, long, many, ULID, type Size } from './sample-size.ts'

const HASH = 'a'.repeat(64)
const OLD_READY = { code: 'CONTROL_PLANE_READY', facts: { ready: 2, version: '1.30.0', revision: 'default' } }
const NEW_READY = { code: 'CONTROL_PLANE_READY', facts: { ready: 2, version: '1.31.0', revision: '1-31-0' } }
const SAVED = { code: 'SAVED_BEFORE', facts: {} }
const WRONG = {
  code: 'PROOF_WRONG',
  facts: { class: 'istio-injection=enabled', namespace: 'shop', expected: '1-31-0', found: 'default' },
}

type PhaseSample = {
  readonly decision: number
  readonly steps: readonly (readonly [StepKind, string?])[]
  readonly checks: readonly Coded[]
  readonly evidence: readonly Coded[]
  readonly commands: readonly string[]
  readonly undo: readonly string[]
}

const SAMPLES: Readonly<Record<PhaseName, PhaseSample>> = {
  install: {
    decision: 1,
    steps: [['save'], ['install'], ['prove-install']],
    checks: [OLD_READY],
    evidence: [SAVED, NEW_READY, { code: 'ROOTS_EQUAL', facts: {} }, { code: 'DEFAULT_UNCHANGED', facts: {} }],
    commands: ['istioctl install -f prod-a.yaml --revision 1-31-0 -y'],
    undo: ['istioctl uninstall --revision 1-31-0 -y'],
  },
  switch: {
    decision: 2,
    steps: [['save'], ['move-tag', 'default'], ['move-tag', 'prod-stable'], ['prove-switch']],
    checks: [OLD_READY, NEW_READY, { code: 'PROVEN_BEFORE', facts: { classes: 3 } }],
    evidence: [SAVED, { code: 'SWITCH_PROVEN', facts: { to: '1-31-0' } }],
    commands: ['istioctl tag set prod-stable --revision 1-31-0 --overwrite'],
    undo: ['kubectl apply -f undo.yaml'],
  },
  rehearse: {
    decision: 3,
    steps: [['save-old'], ['rehearse']],
    checks: [OLD_READY, NEW_READY],
    evidence: [SAVED],
    commands: ['kubectl scale deployment istiod -n istio-system --replicas 0'],
    undo: ['kubectl scale deployment istiod -n istio-system --replicas 2'],
  },
  retire: {
    decision: 4,
    steps: [['save-old'], ['uninstall', 'default'], ['prove-retire']],
    checks: [NEW_READY],
    evidence: [SAVED, { code: 'CONTROL_PLANE_REMOVED', facts: { revision: 'default' } }],
    commands: ['istioctl uninstall --revision default -y'],
    undo: ['kubectl apply -f saved-old.yaml'],
  },
}

function step(size: Size, phase: PhaseName, kind: StepKind, target?: string): ApprovalFacts['steps'][number] {
  const name = size === 'usual' ? target : long(size, '', 100)
  const id = [phase, kind, ...(target === undefined ? [] : [target])].join('.')
  return { id, phase, kind, ...(name === undefined ? {} : { target: name }) }
}

function stepsOf(size: Size, phase: PhaseName): ApprovalFacts['steps'] {
  const usual = SAMPLES[phase].steps.map(([kind, target]) => step(size, phase, kind, target))
  return list(size, usual, 60, (index) => step(size, phase, 'move-tag', `t${index}`))
}

function classesOf(size: Size, phase: PhaseName): ApprovalFacts['classes'] {
  const moves = phase === 'switch'
  const before = phase === 'install' || moves ? 'default' : '1-31-0'
  const one = (key: string, namespaces: number, pods: number, movedBy: string) => ({
    key: long(size, key, 100),
    namespaces,
    examples: ['shop'],
    pods,
    before,
    after: moves ? '1-31-0' : before,
    movedBy: moves ? movedBy : null,
  })
  const usual = [
    one('enabled', 12, 400, 'switch.move-tag.default'),
    one('tag:prod-stable', 5, 12, 'switch.move-tag.prod-stable'),
  ]
  return list(size, usual, 40, () => one('', 12, 400, 'switch.move-tag.default'))
}

export function approvalSample(size: Size, state: ApprovalFacts['state'], phase: PhaseName): ApprovalFacts {
  const decided = state !== 'pending'
  const sample = SAMPLES[phase]
  const person = (index: number) => ({ user: ['U0MEI', 'U0SAM'][index] ?? `U0MEI${index}`, at: AT })
  return {
    card: 'approval',
    ...about(size),
    id: `ap-${ULID}`,
    revision: 3,
    state,
    phase,
    decisionNumber: sample.decision,
    decisionsInAll: 4,
    planHash: HASH,
    fingerprint: HASH,
    requestedBy: 'U0LEE',
    need: 2,
    approvers: many(size, 1, 30, (index) => (size === 'usual' ? 'S0MESH' : `S0GROUP${index}`)),
    blocked: list(size, [], 5, () => coded(size, OLD_READY)),
    approvedBy: decided ? many(size, 2, 10, person) : [],
    ...endOf(size, state, phase),
    ...(state === 'started' ? { startedBy: { user: 'U0LEE', at: AT } } : {}),
    expiresAt: '2026-11-27T09:00:00.000Z',
    reach: reachOf(size, phase),
    requesterMayApprove: false,
    strategy: 'tag',
    steps: stepsOf(size, phase),
    classes: classesOf(size, phase),
    checks: list(size, sample.checks, 40, () => coded(size, OLD_READY)),
    warnings: list(size, [], 20, () => coded(size, OLD_READY)),
    notChecked: list(size, ['CHECK_TEMPLATES', 'CHECK_CRDS'], 40, (index) => `NOT_CHECKED_THING_${index}`),
    commands: list(size, sample.commands, 60, () => long(size, '', 3000)),
    undoCommands: list(size, sample.undo, 60, () => long(size, '', 3000)),
  }
}

function reachOf(size: Size, phase: PhaseName): NonNullable<ApprovalFacts['reach']> {
  const gone = phase === 'rehearse' || phase === 'retire'
  if (size === 'usual') return { teams: gone ? 0 : 17, pods: gone ? 0 : 412, unowned: 0, unknown: 0 }
  return { teams: 12_345, pods: 100_000, unowned: 50_000, unknown: 99_999 }
}

function endOf(
  size: Size,
  state: ApprovalFacts['state'],
  phase: PhaseName,
): Pick<ApprovalFacts, 'endedBy' | 'because'> {
  const reason = long(size, 'payment freeze', 500)
  if (state === 'rejected') return { endedBy: { user: 'U0MEI', at: AT, reason } }
  const why: Readonly<Record<string, Coded>> = {
    expired: { code: 'NOT_DECIDED_IN_TIME', facts: { phase } },
    superseded: { code: 'CLUSTER_CHANGED', facts: { changed: 'istiod' } },
    withdrawn: { code: 'ROLLBACK_ASKED', facts: { who: 'Mei', reason: 'errors at the shop' } },
  }
  const because = why[state]
  if (!because) return {}
  return size === 'usual' ? { because } : { endedBy: { user: 'U0MEI', at: AT, reason }, because: coded(size, because) }
}

export function progressSample(
  size: Size,
  state: ProgressFacts['state'],
  undo = false,
  phase: PhaseName = 'switch',
): ProgressFacts {
  const ended = state !== 'running'
  const went = state === 'done'
  const steps = stepsOf(size, phase)
  return {
    card: 'progress',
    ...about(size),
    phase,
    direction: undo ? 'undo' : 'forward',
    state,
    steps: steps.map((each, index) => ({
      step: each,
      state: went || index === 0 ? 'done' : index === 1 ? (ended ? 'failed' : 'running') : 'waiting',
      ...(index === 1 && !ended ? { line: long(size, 'waiting for the API server', 300) } : {}),
    })),
    startedAt: AT,
    ...(ended ? { endedAt: '2026-11-24T09:02:51.000Z' } : {}),
    approvedBy: many(size, 2, 10, (index) => ['U0MEI', 'U0SAM'][index] ?? `U0MEI${index}`),
    proofs: ended ? proofsOf(size, went) : [],
    evidence: list(size, went ? SAMPLES[phase].evidence : [SAVED], 40, () => coded(size, SAVED)),
    ...(['failed', 'halted', 'undone'].includes(state) ? { error: coded(size, WRONG) } : {}),
    rollbackOffered: true,
    reaskOffered: state === 'undone' || state === 'failed',
  }
}

function proofsOf(size: Size, right: boolean): ProgressFacts['proofs'] {
  const one = (key: string, index: number): ProgressFacts['proofs'][number] => ({
    class: long(size, key, 100),
    namespace: 'shop',
    expected: '1-31-0',
    verdict: right ? 'right' : index === 0 ? 'wrong' : index === 1 ? 'right' : 'unprovable',
    found: right || index > 0 ? '1-31-0' : 'default',
    because: coded(size, {
      code: right || index > 0 ? 'PROBE_RIGHT' : 'PROBE_OTHER_REVISION',
      facts: { got: right || index > 0 ? '1-31-0' : 'default', expected: '1-31-0' },
    }),
    via: ['10.0.0.1:6443'],
    at: AT,
  })
  return list(size, ['enabled', 'tag:prod-stable'].map(one), 60, (index) => one('', index))
}
