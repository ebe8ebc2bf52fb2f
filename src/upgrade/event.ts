import type { Facts } from '../kernel/errors.ts'
import type { Reach } from '../wire/census.ts'
import type { Coded } from '../wire/facts.ts'
import type { PhaseName } from '../wire/names.ts'
import type { Person } from '../wire/person.ts'
import type { Plan } from '../wire/plan.ts'
import type { ClickedCard, SignedRequest } from '../wire/request.ts'
import type { Holder, Proof } from '../wire/run.ts'
import type { UnusedLook } from './unused.ts'

/** A verified request of a person: who, and the signed text, which goes to the audit. */
export type Click = { readonly request: string; readonly who: Person; readonly signed: SignedRequest }

/** Who acts from a terminal (`meshferry ctl`), as the API server knows them, and why. */
export type ByHand = { readonly name: string; readonly reason: string }

/**
 * How the cluster and the gates stand at this moment, for one phase: what a card is made from, and what a click is
 * compared with. Read by the flow just before `decide`.
 */
export type Standing = {
  readonly phase: PhaseName
  readonly fingerprint: string
  /** The fingerprint's fields, each hashed short: they say *what* changed. */
  readonly fields: Readonly<Record<string, string>>
  readonly checks: readonly Coded[]
  /** Gates that are closed now. */
  readonly blocked: readonly Coded[]
  readonly commands: readonly string[]
  readonly undoCommands: readonly string[]
  /** Whom the phase concerns: for a new card, where it could be counted. */
  readonly reach?: Reach
  /** Another plan for the phases that have not begun, which the cluster as it is now needs, and how it differs. */
  readonly remade?: { readonly plan: Plan; readonly because: Coded }
}

/** How the watched fields stand after a step, each hashed short; null when they could not be read. */
export type Settled = Standing['fields'] | null

export type RunEvent =
  /** The run has no card for its phase: make one. `id` is the new card's. */
  | { readonly kind: 'ask'; readonly id: string; readonly standing: Standing }
  | {
      readonly kind: 'approve'
      readonly click: Click
      readonly card: ClickedCard
      readonly standing: Standing
      /** What was typed in where the phase asks for the cluster's name. */
      readonly typed?: string
    }
  | { readonly kind: 'reject'; readonly click: Click; readonly card: ClickedCard; readonly reason: string }
  | { readonly kind: 'start'; readonly click: Click; readonly card: ClickedCard; readonly standing: Standing }
  | { readonly kind: 'ask-again'; readonly click: Click; readonly id: string; readonly standing: Standing }
  | { readonly kind: 'stop'; readonly click: Click }
  | { readonly kind: 'resume'; readonly click: Click }
  | { readonly kind: 'rollback'; readonly click: Click; readonly reason: string }
  /** From a terminal, past the chat and its lists: `id` is the alarm's that tells everybody. */
  | { readonly kind: 'stop-by-hand'; readonly id: string; readonly by: ByHand }
  | { readonly kind: 'rollback-by-hand'; readonly id: string; readonly by: ByHand }
  /** A holder begins one attempt of a step: saved before anything is sent. */
  | {
      readonly kind: 'step-began'
      readonly step: string
      readonly attempt: number
      readonly direction: 'forward' | 'undo'
      readonly holder: Holder
    }
  /** Saved before the first change of the step, or with what the undo rests on (then `changes` is false). */
  | {
      readonly kind: 'step-acts'
      readonly step: string
      readonly attempt: number
      readonly holder: Holder
      readonly changes: boolean
      readonly backup?: { readonly name: string; readonly sha256: string }
    }
  | {
      readonly kind: 'step-done'
      readonly step: string
      readonly attempt: number
      readonly settled?: Settled
      readonly proofs: readonly Proof[]
      readonly evidence: readonly Coded[]
    }
  /** `way`: `undo` when going back by ourselves is right (Wrong), `halt` when people must look (Unprovable). */
  | {
      readonly kind: 'step-failed'
      readonly step: string
      readonly attempt: number
      readonly settled?: Settled
      readonly error: Coded
      readonly proofs: readonly Proof[]
      readonly way: 'undo' | 'halt'
    }
  | {
      readonly kind: 'step-undone'
      readonly step: string
      readonly attempt: number
      readonly settled?: Settled
      readonly proofs: readonly Proof[]
      readonly evidence: readonly Coded[]
      /** Set when something of the step must stay, e.g. NEW is still used by pods. */
      readonly stays?: Coded
    }
  | {
      readonly kind: 'undo-failed'
      readonly step: string
      readonly attempt: number
      readonly settled?: Settled
      readonly error: Coded
      readonly proofs: readonly Proof[]
    }
  /** The holder of a running step is gone: the present leader takes the step up again. */
  | { readonly kind: 'taken-over'; readonly step: string; readonly attempt: number }
  | { readonly kind: 'expired'; readonly card: string }
  /** Half of a card's time is over: who has not decided is reminded. */
  | { readonly kind: 'remind'; readonly card: string }
  | { readonly kind: 'policy-changed' }
  /** A new upgrade was asked for, and this run never changed anything and waits for nobody. */
  /** `oldIsGone`: OLD is no longer in the cluster, as after its own tool removed it. */
  | { readonly kind: 'replaced'; readonly oldIsGone: boolean }
  | { readonly kind: 'alarm'; readonly id: string; readonly key: string; readonly what: Coded }
  | { readonly kind: 'alarm-over'; readonly key: string }
  /** The fields were looked at anew, with no step at work: what differs from them later was changed by somebody else. */
  | { readonly kind: 'settled'; readonly fields: Standing['fields'] }
  /** Both sources were read: does anybody still use the control plane that is to go? */
  | { readonly kind: 'unused-look'; readonly look: UnusedLook }
  /** On the way back, with nobody left on NEW: its removal, which waited for that, is taken up again. */
  | { readonly kind: 'new-unused' }
  /** The time in which OLD can be put back is over. */
  | { readonly kind: 'way-back-over' }
  | { readonly kind: 'effects-applied'; readonly ids: readonly string[] }

/** Nobody reads more, and what an API server or a binary says must not fill the record. */
const TEXT_MAX = 1000
const LISTED_MAX = 60
const ITEM_MAX = 250

/** Facts for a code: undefined members are left out, and long texts and lists are cut where it shows. */
export function codedOf(code: string, facts: Facts = {}): Coded {
  const kept: Record<string, string | number | boolean | string[]> = {}
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined) continue
    if (typeof value === 'string') kept[key] = cut(value, TEXT_MAX)
    else kept[key] = typeof value === 'object' ? listed(value) : value
  }
  return { code, facts: kept }
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}

function listed(items: readonly string[]): string[] {
  const shown = items.slice(0, LISTED_MAX).map((item) => cut(item, ITEM_MAX))
  return items.length <= LISTED_MAX ? shown : [...shown, `… +${items.length - LISTED_MAX}`]
}
