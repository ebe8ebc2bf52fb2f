import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState, TroublePart } from '../../page-state.ts'
import type { Desk } from '../desk.ts'

/** Things that may go wrong at a press: lit where they would bite now, and with what came of them. */
export function drawTroubles({ troubles }: PageState, desk: Desk): VNode {
  return html`<section class="panel troubles" aria-label="Make trouble">
    <h3>Make trouble</h3>
    <ul>
      ${troubles.map((trouble) => html`<li key=${trouble.name} class=${trouble.label.length > 18 ? 'wide' : ''}>${drawTrouble(trouble, desk)}</li>`)}
    </ul>
  </section>`
}

function drawTrouble(trouble: TroublePart, desk: Desk): VNode {
  const { name, label, bites, lasts, state } = trouble
  const on = state.kind === 'on'
  const style = on ? 'trouble on' : bites === null ? 'trouble' : 'trouble lit'
  return html`<button
    type="button"
    class=${style}
    title=${bites ?? 'It would hit nothing now.'}
    aria-pressed=${on}
    disabled=${on && !lasts}
    onClick=${() => void desk.act({ kind: 'trouble', name, on: !on })}
  >
    <span class="trouble-label">${label}</span>
    <span class="trouble-note" aria-live="polite">${noteOf(trouble)}</span>
  </button>`
}

function noteOf({ state, bites, lasts }: TroublePart): string {
  if (state.kind === 'on') return lasts ? 'on: press to end it' : 'on'
  if (state.kind === 'over') return `lost: ${state.lost}`
  return bites ?? 'hits nothing now'
}
