import type { Button } from '@slack/types'
import type { ControlPlaneRef } from '../../wire/plan.ts'
import { ACTIONS } from '../action-ids.ts'
import { button } from './blocks.ts'
import { put, type Look } from './look.ts'
import { fromText } from './versions.ts'

type Versioned = Pick<ControlPlaneRef, 'version'>

export type RunAbout = {
  readonly cluster: string
  readonly run: string
  readonly from: readonly Versioned[]
  readonly to: Versioned
}

/** Roll back, with a dialog that says what it does and what it can't. */
export function rollbackButton(about: RunAbout, look: Look, text = put(look, 'buttonRollback')): Button {
  const facts = { cluster: about.cluster, from: fromText(look, about.from), to: about.to.version }
  return button({
    action: ACTIONS.undo,
    text,
    value: about.run,
    label: put(look, 'labelRollback', facts),
    style: 'danger',
    confirm: {
      title: put(look, 'confirmRollbackTitle'),
      text: put(look, 'confirmRollback', facts),
      yes: put(look, 'confirmRollbackYes'),
      no: put(look, 'back'),
    },
  })
}

export function stopButton(about: RunAbout, look: Look): Button {
  return button({
    action: ACTIONS.stop,
    text: put(look, 'buttonStop'),
    value: about.run,
    label: put(look, 'labelStop', { cluster: about.cluster }),
    confirm: {
      title: put(look, 'confirmStopTitle'),
      text: put(look, 'confirmStop', { cluster: about.cluster }),
      yes: put(look, 'buttonStop'),
      no: put(look, 'back'),
    },
  })
}

export function resumeButton(about: RunAbout, look: Look): Button {
  const label = put(look, 'labelResume', { cluster: about.cluster })
  return button({ action: ACTIONS.resume, text: put(look, 'buttonResume'), value: about.run, label })
}

export function statusButton(cluster: string, look: Look): Button {
  const label = put(look, 'labelStatus', { cluster })
  return button({ action: ACTIONS.status, text: put(look, 'buttonStatus'), value: cluster, label })
}

/** Fresh checks and a new card, from a phase that failed or was undone. */
export function reaskButton(about: RunAbout, phase: string, look: Look): Button {
  const label = put(look, 'labelReask', { cluster: about.cluster, phase })
  return button({ action: ACTIONS.reask, text: put(look, 'buttonReask'), value: about.run, label })
}
