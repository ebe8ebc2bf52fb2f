import type { Locale } from '../wire/names.ts'
import type { Evidence } from '../wire/evidence.ts'
import { phrase } from '../words/phrases.ts'
import { html, type Html } from './html.ts'

const [WIDTH, HEIGHT] = [640, 160]
const MARGIN = 24

type Point = Evidence['curve'][number]
type Kind = 'old' | 'new' | 'other'

const KINDS: readonly Kind[] = ['old', 'new', 'other']
const NAMES = { old: 'pageOld', new: 'pageNew', other: 'pageOther' } as const

/** Pods by sidecar over the days, as an SVG that says in words what it shows. Empty without a day. */
export function curvePicture(curve: readonly Point[], locale: Locale): Html {
  const [first, last] = [curve.at(0), curve.at(-1)]
  if (!first || !last) return html`<p>${phrase('pageCurveNone', {}, locale)}</p>`
  const alt = phrase(
    'pageCurveAlt',
    { first: first.old, last: last.old, firstNew: first.new, lastNew: last.new },
    locale,
  )
  const most = Math.max(1, ...curve.flatMap((day) => KINDS.map((kind) => day[kind])))
  const kinds = KINDS.filter((kind) => kind !== 'other' || curve.some(({ other }) => other > 0))
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${alt}">
      <line class="axis" x1="${MARGIN}" y1="${HEIGHT - MARGIN}" x2="${WIDTH - MARGIN}" y2="${HEIGHT - MARGIN}" />
      ${kinds.map((kind) => lineOf(curve, kind, most))}
      <text x="${MARGIN}" y="${HEIGHT - 6}">${first.day}</text>
      <text class="end" x="${WIDTH - MARGIN}" y="${HEIGHT - 6}">${last.day}</text>
    </svg>
    <figcaption>
      ${kinds.map((kind) => html`<span class="key ${kind}">${phrase(NAMES[kind], {}, locale)} ${first[kind]} → ${last[kind]}</span> `)}
    </figcaption>
  </figure>`
}

function lineOf(curve: readonly Point[], kind: Kind, most: number): Html {
  const [width, height] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN]
  const at = (point: Point, i: number): readonly [number, number] => [
    Math.round(MARGIN + (curve.length === 1 ? width : (i * width) / (curve.length - 1))),
    Math.round(HEIGHT - MARGIN - (point[kind] / most) * height),
  ]
  const places = curve.map(at)
  const [x = 0, y = 0] = places.at(-1) ?? []
  const points = places.map((place) => place.join(',')).join(' ')
  return html`<polyline class="${kind}" points="${points}" /><circle class="${kind}" cx="${x}" cy="${y}" r="3" />`
}
