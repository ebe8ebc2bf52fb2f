import type { PhaseName } from '../../wire/names.ts'
import type { PhraseKey } from '../../words/phrases.ts'

type PhasePhrases = {
  readonly name: PhraseKey
  /** The line of the notification while it waits for approvals. */
  readonly pending: PhraseKey
  readonly effect: PhraseKey
  readonly undo: PhraseKey
  /** What an undo does not bring back. */
  readonly stays: PhraseKey
  readonly confirm: PhraseKey
}

/** What an approval card says of each phase. */
export const PHASE_PHRASES: Readonly<Record<PhaseName, PhasePhrases>> = {
  install: {
    name: 'phaseInstall',
    pending: 'textPendingInstall',
    effect: 'effectInstall',
    undo: 'undoInstall',
    stays: 'staysInstall',
    confirm: 'confirmInstall',
  },
  switch: {
    name: 'phaseSwitch',
    pending: 'textPendingSwitch',
    effect: 'effectSwitch',
    undo: 'undoSwitch',
    stays: 'staysSwitch',
    confirm: 'confirmSwitch',
  },
  rehearse: {
    name: 'phaseRehearse',
    pending: 'textPendingRehearse',
    effect: 'effectRehearse',
    undo: 'undoRehearse',
    stays: 'staysRehearse',
    confirm: 'confirmRehearse',
  },
  retire: {
    name: 'phaseRetire',
    pending: 'textPendingRetire',
    effect: 'effectRetire',
    undo: 'undoRetire',
    stays: 'staysRetire',
    confirm: 'confirmRetire',
  },
}

/** Where an undo brings back so little that it is said before anything can be pressed. */
export const IRREVERSIBLE: readonly PhaseName[] = ['retire']
