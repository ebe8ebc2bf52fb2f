import type { PageState } from '../../page-state.ts'
import type { OpenButton } from './open-buttons.ts'

export type CoachAct =
  | { readonly kind: 'send'; readonly label: string; readonly text: string }
  | { readonly kind: 'be'; readonly label: string; readonly user: string }
  | { readonly kind: 'press'; readonly label: string; readonly button: OpenButton }
  | { readonly kind: 'skip'; readonly label: string; readonly on: boolean }

/** What to do next, in a sentence, and the act itself; null where there is only something to watch. */
export type Coaching = { readonly say: string; readonly act: CoachAct | null }

export type CoachState = {
  readonly page: PageState
  /** Buttons that this visitor has pressed, as `keyOf` names them with the person who did. */
  readonly pressed: ReadonlySet<string>
  /** How long ago the command was sent from this page, ms of the machine; null if it wasn't. */
  readonly askedFor: number | null
  /** For how long nothing in the Slack has changed, ms of the machine. */
  readonly quietFor: number
  /** Whether this visitor has asked for the report. */
  readonly reported: boolean
}

export function watch(say: string): Coaching {
  return { say, act: null }
}
