import fc from 'fast-check'
import { openCard } from '../../src/upgrade/cards.ts'
import { decide } from '../../src/upgrade/decide.ts'
import { nextId } from '../../src/upgrade/draft.ts'
import type { Click, RunEvent, Standing } from '../../src/upgrade/event.ts'
import { codedOf } from '../../src/upgrade/event.ts'
import { busyStep, isPastSwitch } from '../../src/upgrade/step-order.ts'
import { whyNotQuiet } from '../../src/upgrade/unused.ts'
import type { Coded } from '../../src/wire/facts.ts'
import type { PhaseName } from '../../src/wire/names.ts'
import type { Person } from '../../src/wire/person.ts'
import type { StepPlan } from '../../src/wire/plan.ts'
import type { ClickedCard } from '../../src/wire/request.ts'
import type { ApprovalCard, Proof, Run } from '../../src/wire/run.ts'
import {
  LEE,
  MEI,
  OUTSIDER,
  SRE,
  T0,
  aClick,
  aHolder,
  aPolicy,
  aProof,
  aRun,
  aStanding,
  clickOn,
} from './run-builders.ts'

const PEOPLE = [LEE, MEI, SRE, OUTSIDER]
const MOVES = [
  'ask',
  'approve',
  'approve',
  'approve',
  'start',
  'start',
  'reject',
  'ask-again',
  'stop',
  'resume',
  'rollback',
  'stop-by-hand',
  'rollback-by-hand',
  'began',
  'began',
  'acts',
  'acts',
  'done',
  'done',
  'done',
  'fail-undo',
  'fail-halt',
  'undone',
  'undo-failed',
  'taken-over',
  'expired',
  'remind',
  'alarm',
  'alarm-over',
  'look-unused',
  'look-used',
  'look-unanswered',
  'new-unused',
  'way-back-over',
  'applied',
] as const

export type Move = {
  readonly kind: (typeof MOVES)[number] | 'onward'
  readonly who: number
  readonly pick: number
  readonly changed: boolean
  readonly blocked: boolean
  /** The cluster wants another plan; or, from a look of long ago, one that takes a step out of what is done. */
  readonly plan: 'same' | 'other' | 'late'
  readonly forged: boolean
  readonly verdict: 'right' | 'wrong' | 'unprovable'
  readonly later: number
}

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('onward' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...MOVES) },
  ),
  who: fc.nat(PEOPLE.length - 1),
  pick: fc.nat(20),
  changed: fc.constantFrom(false, false, false, false, true),
  blocked: fc.constantFrom(false, false, false, true),
  plan: fc.constantFrom('same', 'same', 'same', 'other', 'late'),
  forged: fc.constantFrom(false, false, false, true),
  verdict: fc.constantFrom('right', 'right', 'right', 'wrong', 'unprovable'),
  later: fc.constantFrom(1000, 1000, 1000, 60_000, 3_600_000, 20 * 3_600_000),
})

/** How much there is to say in an event. */
export type Talk = {
  readonly click: (who: Person) => Click
  readonly said: (code: string) => Coded
  readonly proofs: (run: Run, verdict: Proof['verdict']) => readonly Proof[]
  readonly fields: Standing['fields']
}

const BRIEF: Talk = { click: aClick, said: codedOf, proofs: (_, verdict) => [aProof(verdict)], fields: {} }

type About = {
  readonly run: Run
  readonly drawn: Move
  /** For a card that the event makes. */
  readonly id: string
  readonly talk: Talk
  readonly nowMs: number
}

/** Turns a drawn move into an event against the run as it stands: often a sensible one, sometimes a forged or late one. */
function eventFor(about: About): RunEvent {
  return cardEvent(about) ?? steeringEvent(about) ?? lookEvent(about) ?? stepEvent(about) ?? appliedEvent(about.run)
}

function cardEvent({ run, drawn, id, talk }: About): RunEvent | null {
  const click = talk.click(PEOPLE[drawn.who] ?? LEE)
  const found = openCard(run) ?? run.cards[drawn.pick % Math.max(1, run.cards.length)]
  const card = clickedIn(drawn, found)
  const { id: named } = card
  const remade = remadeIn(run, drawn)
  const standing = { ...standingIn(drawn, found?.phase ?? run.phase), ...remade, fields: talk.fields }
  const fresh = aStanding(run.phase, { ...remade, fields: talk.fields })
  const events: Readonly<Partial<Record<Move['kind'], RunEvent>>> = {
    approve: { kind: 'approve', click, card, standing, typed: drawn.forged ? 'prod-b' : ' Prod-A' },
    start: { kind: 'start', click, card, standing },
    reject: { kind: 'reject', click, card, reason: 'not now' },
    ask: { kind: 'ask', id, standing: fresh },
    'ask-again': { kind: 'ask-again', click, id, standing: fresh },
    expired: { kind: 'expired', card: named },
    remind: { kind: 'remind', card: named },
  }
  return events[drawn.kind] ?? null
}

function standingIn(drawn: Move, phase: PhaseName): Standing {
  return aStanding(phase, {
    fingerprint: (drawn.changed ? 'e' : 'f').repeat(64),
    blocked: drawn.blocked ? [codedOf('OUTSIDE_WINDOW')] : [],
  })
}

/** A tag comes, or the one that came goes again. */
function remadeIn({ plan }: Run, drawn: Move): Pick<Standing, 'remade'> {
  if (drawn.plan === 'same') return {}
  const others = plan.steps.filter(({ id }) => id !== BLUE.id)
  const toggled = others.length < plan.steps.length ? others : others.toSpliced(-1, 0, BLUE)
  const steps = drawn.plan === 'late' ? toggled.slice(1) : toggled
  return { remade: { plan: { ...plan, steps }, because: codedOf('PLAN_CHANGED') } }
}

const BLUE: StepPlan = { id: 'switch.move-tag.blue', phase: 'switch', kind: 'move-tag', target: 'blue' }

function clickedIn(drawn: Move, card: ApprovalCard | undefined): ClickedCard {
  const clicked = card ? clickOn(card) : { id: 'ap-x', revision: 0, digest: 'd', planHash: 'p', fingerprint: 'f' }
  return drawn.forged ? { ...clicked, digest: '1'.repeat(64) } : clicked
}

function steeringEvent({ run, drawn, talk }: About): RunEvent | null {
  const click = talk.click(PEOPLE[drawn.who] ?? LEE)
  switch (drawn.kind) {
    case 'stop':
    case 'resume':
      return { kind: drawn.kind, click }
    case 'rollback':
      return { kind: 'rollback', click, reason: '' }
    case 'stop-by-hand':
    case 'rollback-by-hand':
      return { kind: drawn.kind, id: nextId(run, 'alarm'), by: { name: 'admin', reason: 'Slack is away' } }
    case 'alarm':
      return { kind: 'alarm', id: nextId(run, 'alarm'), key: 'k', what: talk.said('ALARM_GAP') }
    case 'alarm-over':
      return { kind: 'alarm-over', key: 'k' }
    default:
      return null
  }
}

/** What the census says of the control plane that is to go, and what the time asks for then. */
function lookEvent({ drawn, nowMs }: About): RunEvent | null {
  const look = { from: ['default'], istiods: ['a/0'], seenMs: nowMs }
  switch (drawn.kind) {
    case 'look-unused':
      return { kind: 'unused-look', look: { ...look, because: null } }
    case 'look-used':
      return { kind: 'unused-look', look: { ...look, because: codedOf('PODS_STILL_OLD') } }
    case 'look-unanswered':
      return { kind: 'unused-look', look: { ...look, istiods: [], because: codedOf('PROXIES_UNKNOWN') } }
    case 'new-unused':
    case 'way-back-over':
      return { kind: drawn.kind }
    default:
      return null
  }
}

/** The step that is at work or comes next; of a forged event any other. */
function stepMeant({ run, drawn }: Pick<About, 'run' | 'drawn'>): Run['steps'][number] | undefined {
  const forged = drawn.forged ? run.steps[drawn.pick % run.steps.length] : undefined
  return forged ?? busyStep(run) ?? run.steps.find((s) => s.state !== 'done') ?? run.steps[0]
}

function stepEvent({ run, drawn, talk }: About): RunEvent | null {
  const step = stepMeant({ run, drawn })
  const about = { step: step?.id ?? '', attempt: step?.attempt ?? 0 }
  const direction = (step?.state === 'undoing') !== (drawn.forged && drawn.changed) ? 'undo' : 'forward'
  const proofs = talk.proofs(run, drawn.verdict)
  const error = talk.said('X')
  const evidence = [talk.said('Y')]
  const events: Readonly<Partial<Record<Move['kind'], RunEvent>>> = {
    began: { kind: 'step-began', ...about, direction, holder: aHolder() },
    acts: { kind: 'step-acts', ...about, holder: aHolder(), changes: true },
    done: { kind: 'step-done', ...about, proofs, evidence },
    'fail-undo': { kind: 'step-failed', ...about, proofs, error, way: 'undo' },
    'fail-halt': { kind: 'step-failed', ...about, proofs, error, way: 'halt' },
    undone: { kind: 'step-undone', ...about, proofs, evidence },
    'undo-failed': { kind: 'undo-failed', ...about, proofs, error },
    'taken-over': { kind: 'taken-over', ...about },
  }
  return events[drawn.kind] ?? null
}

function appliedEvent(run: Run): RunEvent {
  return { kind: 'effects-applied', ids: run.pending.map((effect) => effect.id) }
}

/** The move that brings the run on, whatever it waits for: without it random orders seldom get beyond the first card. */
function onward(run: Run, drawn: Move, nowMs: number): Move {
  const fair = {
    ...drawn,
    forged: false,
    changed: false,
    blocked: false,
    plan: 'same' as const,
    verdict: 'right' as const,
    later: 1000,
  }
  if (run.stopped || run.state === 'halted') return { ...fair, kind: 'resume', who: 1 }
  const busy = busyStep(run)
  if (busy) return { ...fair, kind: onwardStep(busy) }
  const card = openCard(run)
  if (card) return { ...fair, ...onwardCard(card, drawn) }
  if (run.state === 'running') return { ...fair, kind: 'began' }
  if (run.state === 'done') return { ...fair, who: 1, ...DONE_NEXT[drawn.pick % DONE_NEXT.length] }
  if (isPastSwitch(run) && whyNotQuiet(run, POLICY.quietMs, nowMs)) return { ...fair, kind: 'look-unused' }
  const kind = run.cards.some((c) => c.phase === run.phase) ? 'ask-again' : 'ask'
  return { ...fair, kind, who: 1, plan: drawn.plan }
}

/** Time passes; or somebody goes back, or nobody does for as long as that is possible. */
const DONE_NEXT = [
  { kind: 'applied', later: 1000 },
  { kind: 'rollback', later: 1000 },
  { kind: 'way-back-over', later: 8 * 86_400_000 },
] as const

function onwardCard(card: ApprovalCard, drawn: Move): Pick<Move, 'kind' | 'who'> {
  return card.state === 'pending' ? { kind: 'approve', who: drawn.who % 2 === 0 ? 1 : 2 } : { kind: 'start', who: 0 }
}

function onwardStep(step: Run['steps'][number]): Move['kind'] {
  if (!step.holder) return 'began'
  if (step.state === 'undoing') return 'undone'
  return step.acted ? 'done' : 'acts'
}

/** Nobody has to wait for a day until OLD may go: looks come each second. */
export const POLICY = aPolicy({ quietMs: 2000 })

/** Plays drawn moves one after the other against a new run; `look` sees each change. The run as it ends. */
export function play(
  moves: readonly Move[],
  look: (before: Run, after: Run, event: RunEvent, nowMs: number) => void,
  start: Run = aRun(),
  talk: Talk = BRIEF,
): Run {
  let run = start
  let now = T0
  moves.forEach((wish, i) => {
    const drawn = wish.kind === 'onward' ? onward(run, wish, now) : wish
    now += drawn.later
    const id = `ap-01jd9q4t7j${String(i).padStart(16, '0')}`
    const event = eventFor({ run, drawn, id, talk, nowMs: now })
    const decided = decide(run, event, POLICY, now)
    const after = decided.run ?? run
    look(run, after, event, now)
    run = after
  })
  return run
}

/** Orders of moves: half of them sensible, so that runs get somewhere, half of them anything. */
export const moves = fc.array(move, { minLength: 5, maxLength: 80, size: 'max' })
