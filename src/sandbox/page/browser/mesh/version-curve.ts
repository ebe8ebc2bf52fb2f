import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState } from '../../page-state.ts'
import { readerOf } from '../slack/names.ts'
import { formatDate } from '../text/format-date.ts'
import { stackLayers, topOf } from './stack.ts'
import { countText, stackOrder, toneOf } from './tone.ts'

const DAY_MS = 86_400_000
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
  const top = topOf(curve)
  const [first, last] = [curve[0]?.at ?? 0, curve.at(-1)?.at ?? 0]
  const format = last - first > DAY_MS ? '{date_short}' : '{time}'
  const moment = (at: number): string => formatDate(at, format, readerOf(page)).replace(/ \d{4}$/, '')
  return html`<section class="panel curve" aria-label="Pods by sidecar">
    <div class="curve-head">
      <h3>Pods by sidecar</h3>
      <ul class="legend">
        ${order.map(
          (version) =>
            html`<li>
              <span class=${`swatch tone-${toneOf(version, demo.versions)}`}></span>${version}
              <b>${countText(mesh.byVersion[version] ?? 0)}</b>
            </li>`,
        )}
      </ul>
    </div>
    <div class="curve-plot">
      <div class="curve-scale" aria-hidden="true">
        <span>${countText(top)}</span><span>${countText(top / 2)}</span><span>0</span>
      </div>
      <svg
        viewBox=${`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label=${`${words.join(', ')}. From ${moment(first)} to ${moment(last)}.`}
      >
        ${stackLayers(curve, order, top, size).map(
          ({ version, points }) => html`<polygon class=${`fill-${toneOf(version, demo.versions)}`} points=${points} />`,
        )}
        ${[0, 0.5].map((share) => html`<line class="curve-grid" x1="0" x2=${size.width} y1=${size.height * share} y2=${size.height * share} />`)}
      </svg>
    </div>
    <div class="curve-foot" aria-hidden="true">
      <span>pods</span>
      <div><span>${moment(first)}</span><span>${moment((first + last) / 2)}</span><span>${moment(last)}</span></div>
    </div>
  </section>`
}

function wordsFor(version: string): string {
  return version === 'none' ? 'no sidecar' : version
}
