import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { numberText } from './chart-scale.ts'

type Segment = { readonly label: string; readonly value: number }

const radius = 72
const round = 2 * Math.PI * (radius / 2)

/** A pie of segments: each is an arc of a circle's thick line, so a single segment of all is whole too. */
export function drawPie(title: string, segments: readonly Segment[]): VNode {
  const whole = segments.reduce((sum, { value }) => sum + Math.max(0, value), 0) || 1
  const shares = segments.map(({ value }) => Math.max(0, value) / whole)
  const words = segments.map(({ label, value }) => `${label} ${numberText(value)}`).join(', ')
  return html`<figure class="block-chart block-pie">
    <figcaption>${title}</figcaption>
    <div class="pie-row">
      <svg viewBox="0 0 150 150" role="img" aria-label=${`${title}. ${words}`}>
        ${shares.map((share, index) => {
          const before = shares.slice(0, index).reduce((sum, one) => sum + one, 0)
          return html`<circle
            class=${`slice series-${index % 8}`}
            cx="75"
            cy="75"
            r=${radius / 2}
            stroke-width=${radius}
            stroke-dasharray=${`${share * round} ${round}`}
            stroke-dashoffset=${-before * round}
          />`
        })}
      </svg>
      <ul class="legend legend-tall">
        ${segments.map(
          ({ label, value }, index) =>
            html`<li><span class=${`swatch series-${index % 8}`}></span>${label}<b>${numberText(value)}</b></li>`,
        )}
      </ul>
    </div>
  </figure>`
}
