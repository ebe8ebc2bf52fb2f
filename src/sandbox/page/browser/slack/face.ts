import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { Face } from './names.ts'

/** A person's picture: their letters; the bot's is a ferry. */
export function drawFace({ letters, tone, isBot }: Face, size: 'small' | 'large' = 'large'): VNode {
  if (isBot) {
    return html`<span class=${`face face-${size} face-bot`} aria-hidden="true">
      <svg viewBox="0 0 24 24">
        <path
          d="M12 3v4M6.5 11V7.5h11V11M3.5 12.5 12 10l8.5 2.5-2 5.5h-13zM3 20.5c1.5 0 1.5-1 3-1s1.5 1 3 1 1.5-1 3-1 1.5 1 3 1 1.5-1 3-1 1.5 1 3 1"
        />
      </svg>
    </span>`
  }
  return html`<span class=${`face face-${size} tone-${tone}`} aria-hidden="true">${letters}</span>`
}
