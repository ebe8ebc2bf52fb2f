import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState } from '../page-state.ts'
import type { Desk } from './desk.ts'
import { drawFace } from './slack/face.ts'
import { faceOf } from './slack/names.ts'

type BarProps = {
  readonly page: PageState
  readonly desk: Desk
  readonly connected: boolean
  readonly onTheme: () => void
}

/** Whose eyes one looks through, and the colours of the page. */
export function drawTopBar({ page, desk, connected, onTheme }: BarProps): VNode {
  const { cast, me, cluster, versions } = page.demo
  return html`<header class="top">
    <h1 class="brand">
      ${drawFace({ letters: '', tone: 0, isBot: true }, 'small')}
      <span>Meshferry</span>
    </h1>
    <span class="journey">${cluster}: Istio ${versions.from} → ${versions.to}</span>
    <div class="cast" role="group" aria-label="Who you are">
      <span class="cast-label">You are</span>
      ${cast.map(
        ({ user, name, role }) =>
          html`<button
            type="button"
            key=${user}
            class="person"
            aria-pressed=${user === me}
            aria-label=${`${name}, ${role}`}
            title=${role}
            onClick=${() => desk.be(user)}
          >
            ${drawFace(faceOf(page, user), 'small')}<span>${name}</span>
          </button>`,
      )}
    </div>
    <span class="connection" role="status">${connected ? '' : 'not connected'}</span>
    <button type="button" class="icon-button theme" aria-label="Light or dark" title="Light or dark" onClick=${onTheme}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="7" />
        <path d="M10 3a7 7 0 0 1 0 14z" />
      </svg>
    </button>
  </header>`
}
