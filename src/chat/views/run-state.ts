import type { PhraseKey } from '../../words/phrases.ts'
import { put, type Look } from './look.ts'

const STATES: Readonly<Record<string, readonly [header: PhraseKey, word: PhraseKey]>> = {
  stopped: ['runStopped', 'stateStopped'],
  waiting: ['runWaiting', 'stateWaiting'],
  running: ['runRunning', 'stateRunning'],
  undoing: ['runUndoing', 'stateUndoing'],
  halted: ['runHalted', 'stateHalted'],
  switched: ['runSwitched', 'stateSwitched'],
  done: ['runDone', 'stateDone'],
  returning: ['runReturning', 'stateReturning'],
  returned: ['runReturned', 'stateReturned'],
  ended: ['runEnded', 'stateEnded'],
}

/** A stopped run is shown as stopped, but one that goes back as going back: whoever reads of a stop must not take it for going forward. */
export function shownState(state: string, isStopped: boolean): string {
  return isStopped && state !== 'undoing' && state !== 'returning' ? 'stopped' : state
}

export function runHeader(state: string): PhraseKey {
  return STATES[state]?.[0] ?? 'runOther'
}

/** The state of a run in words; a state of a newer version is shown as it is. */
export function runStateText(look: Look, state: string): string {
  const word = STATES[state]?.[1]
  return word ? put(look, word) : state
}
