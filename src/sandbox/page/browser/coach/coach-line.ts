import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { PageState } from '../../page-state.ts'
import type { Desk } from '../desk.ts'
import { coach } from './coach.ts'
import type { CoachAct } from './coaching.ts'

type CoachProps = { readonly page: PageState; readonly desk: Desk; readonly quietFor: number }

/** What to do next, with a button that does it; it can be put away, and comes back at a press. */
export function CoachLine({ page, desk, quietFor }: CoachProps): VNode {
  const box = useRef<HTMLDivElement>(null)
  // Read before anything is drawn: a button that goes takes the focus with it.
  const hadFocus = box.current?.contains(document.activeElement) === true
  useLayoutEffect(() => {
    if (hadFocus && box.current?.contains(document.activeElement) !== true) box.current?.focus()
  })
  if (!desk.coachOpen) {
    return html`<div class="coach coach-closed" ref=${box} role="region" aria-label="Next step" tabindex="-1">
      <button type="button" class="link-button" onClick=${() => desk.change({ coachOpen: true })}>
        What do I do next?
      </button>
    </div>`
  }
  const askedFor = desk.askedAt === null ? null : Date.now() - desk.askedAt
  const { say, act } = coach({ page, pressed: desk.pressed, askedFor, quietFor, reported: desk.reported })
  return html`<div class="coach" ref=${box} role="region" aria-label="Next step" tabindex="-1">
    <span class="coach-mark" aria-hidden="true">→</span>
    <p aria-live="polite">${say}</p>
    ${act !== null && drawAct(act, () => doIt(act, page, desk))}
    <button
      type="button"
      class="icon-button"
      aria-label="Close the guide"
      onClick=${() => desk.change({ coachOpen: false })}
    >
      ✕
    </button>
  </div>`
}

function drawAct({ kind, label }: CoachAct, onClick: () => void): VNode {
  return html`<button type="button" class="button button-coach" key="act" data-coach=${kind} onClick=${onClick}>
    ${label}
  </button>`
}

function doIt(act: CoachAct, { demo }: PageState, desk: Desk): void {
  const pane = { kind: 'channel', id: demo.channel } as const
  switch (act.kind) {
    case 'send':
      desk.change({ pane })
      return void desk.send(demo.channel, act.text)
    case 'be':
      desk.change({ pane })
      return desk.be(act.user)
    case 'press':
      desk.change({ pane: { kind: 'channel', id: act.button.channel } })
      return desk.pressButton(act.button)
    case 'skip':
      return void desk.act({ kind: 'skip', on: act.on })
  }
}
