import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState, TroublePart } from '../../page-state.ts'
import type { Desk } from '../desk.ts'

/** In a few words what each does; what it would hit at the moment is said by the trouble itself. */
const does: Readonly<Record<TroublePart['name'], string>> = {
  argocd: 'the old one is back',
  'istiod-dies': 'new pods are refused',
  'slack-away': 'no clicks, no messages',
  'redis-flushed': 'queues and caches are gone',
  'worker-killed': 'kill -9 of the one at work',
}

/** Things that may go wrong at a press: lit where they would bite now, and with what came of them. */
export function drawTroubles({ troubles }: PageState, desk: Desk): VNode {
  return html`<section class="panel troubles" aria-label="Make trouble">
    <h3>Make trouble</h3>
    <ul>
      ${troubles.map((trouble) => html`<li key=${trouble.name} class=${trouble.label.length > 18 ? 'wide' : ''}>${drawTrouble(trouble, desk)}</li>`)}
    </ul>
    <p class="for-ears" role="status">${troubles.flatMap(newsOf).join(' ')}</p>
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
    <span class="trouble-note">${noteOf(trouble)}</span>
  </button>`
}

function noteOf({ name, state, bites, lasts }: TroublePart): string {
  if (state.kind === 'on') return lasts ? 'on now: press to end it' : 'on now'
  if (state.kind === 'over') return `over, lost: ${state.lost}`
  return bites === null ? 'would hit nothing now' : does[name]
}

/** What is told aloud as it happens: a button's own words are not. */
function newsOf(trouble: TroublePart): string[] {
  return trouble.state.kind === 'quiet' ? [] : [`${trouble.label}: ${noteOf(trouble)}.`]
}
