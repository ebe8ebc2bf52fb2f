import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState } from '../../page-state.ts'
import { readerOf } from '../slack/names.ts'
import { formatDate } from '../text/format-date.ts'
import { stackLayers } from './stack.ts'
import { countText, stackOrder, toneOf } from './tone.ts'

const size = { width: 400, height: 96 }

/** Running pods by the version of their sidecar, from the start until now. */
export function drawCurve(page: PageState): VNode {
  const { mesh, demo } = page
  const now = { at: page.clock.state.calendarAt, byVersion: mesh.byVersion }
  // A single moment is drawn as a flat line of its own.
  const curve = mesh.curve.length > 1 ? mesh.curve : [{ ...now, at: now.at - 60_000 }, now]
  const seen = curve.flatMap(({ byVersion }) => Object.keys(byVersion))
  const order = stackOrder([...seen, ...Object.keys(mesh.byVersion)], demo.versions)
  const words = order.map((version) => `${wordsFor(version)}: ${countText(mesh.byVersion[version] ?? 0)}`)
  const day = (at: number | undefined): string =>
    formatDate(at ?? 0, '{date_short}', readerOf(page)).replace(/ \d{4}$/, '')
  return html`<section class="panel curve" aria-label="Pods by sidecar">
    <div class="curve-head">
      <h3>Pods by sidecar</h3>
      <ul class="legend">
        ${order.map(
          (version) =>
            html`<li>
              <span class=${`swatch tone-${toneOf(version, demo.versions)}`}></span>${wordsFor(version)}
              <b>${countText(mesh.byVersion[version] ?? 0)}</b>
            </li>`,
        )}
      </ul>
    </div>
    <svg
      viewBox=${`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label=${words.join(', ')}
    >
      ${stackLayers(curve, order, size).map(
        ({ version, points }) => html`<polygon class=${`fill-${toneOf(version, demo.versions)}`} points=${points} />`,
      )}
    </svg>
    <div class="curve-foot"><span>${day(curve[0]?.at)}</span><span>${day(curve.at(-1)?.at)}</span></div>
  </section>`
}

function wordsFor(version: string): string {
  return version === 'none' ? 'none' : version
}
