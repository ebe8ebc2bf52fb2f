import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { listOf, objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import { numberText, scaleTo, type Scale } from './chart-scale.ts'
import { drawPie } from './pie.ts'

type Series = { readonly name: string; readonly values: readonly number[] }
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
type Plot = {
  readonly box: Box
  readonly scale: Scale
  readonly categories: readonly string[]
  readonly series: readonly Series[]
}

const size = { width: 480, height: 200 }
const box: Box = { left: 44, top: 10, width: 426, height: 156 }

/** A chart of the block's own numbers, with its legend, and the same as words for those who can't see it. */
export function drawChart(block: Json): VNode {
  const chart = objectOf(block['chart'])
  const title = textOf(block['title'])
  if (chart['type'] === 'pie') return drawPie(title, objectsOf(chart['segments']).map(segmentOf))
  const series = objectsOf(chart['series']).map(seriesOf)
  const categories = listOf(objectOf(chart['axis_config'])['categories']).map(textOf)
  const greatest = Math.max(0, ...series.flatMap(({ values }) => values))
  const plot: Plot = { box, scale: scaleTo(greatest, box.height), categories, series }
  const kind = textOf(chart['type'])
  return html`<figure class="block-chart">
    <figcaption>${title}</figcaption>
    <svg viewBox=${`0 0 ${size.width} ${size.height}`} role="img" aria-label=${wordsOf(title, plot)}>
      ${drawAxes(plot)} ${kind === 'bar' ? drawBars(plot) : drawLines(plot, kind === 'area')}
    </svg>
    ${drawLegend(series.map(({ name }) => name))}
  </figure>`
}

function drawLegend(names: readonly string[]): VNode {
  return html`<ul class="legend">
    ${names.map((name, index) => html`<li><span class=${`swatch series-${index % 8}`}></span>${name}</li>`)}
  </ul>`
}

function segmentOf(segment: Json): { label: string; value: number } {
  return { label: textOf(segment['label']), value: Number(segment['value']) }
}

function seriesOf(one: Json): Series {
  return { name: textOf(one['name']), values: objectsOf(one['data']).map((point) => Number(point['value'])) }
}

function wordsOf(title: string, { categories, series }: Plot): string {
  const said = series.map(
    ({ name, values }) => `${name}: ${categories.map((label, index) => `${label} ${values[index] ?? 0}`).join(', ')}`,
  )
  return `${title}. ${said.join('. ')}`
}

function drawAxes({ scale, categories }: Plot): VNode[] {
  const base = box.top + box.height
  const lines = scale.ticks.map((tick) => {
    const y = base - scale.at(tick)
    return html`<g>
      <line class="grid" x1=${box.left} x2=${box.left + box.width} y1=${y} y2=${y} />
      <text class="tick" x=${box.left - 6} y=${y + 4} text-anchor="end">${numberText(tick)}</text>
    </g>`
  })
  // Labels that would run into each other are left out, evenly.
  const every = Math.max(
    1,
    Math.ceil((categories.length * Math.max(...categories.map((c) => c.length), 1) * 6.6) / box.width),
  )
  const labels = categories.map((label, index) =>
    index % every === 0
      ? html`<text class="tick" x=${centre(index, categories.length)} y=${base + 18} text-anchor="middle"
          >${label}</text
        >`
      : '',
  )
  return [html`<g aria-hidden="true">${lines}${labels}</g>`]
}

function centre(index: number, count: number): number {
  return box.left + (box.width / Math.max(1, count)) * (index + 0.5)
}

function drawBars({ scale, categories, series }: Plot): VNode[] {
  const slot = box.width / Math.max(1, categories.length)
  const width = Math.min(34, (slot * 0.72) / Math.max(1, series.length))
  return series.flatMap(({ name, values }, which) =>
    values.map((value, index) => {
      const x = centre(index, categories.length) + (which - series.length / 2) * width
      const height = scale.at(value)
      return html`<rect
        class=${`bar series-${which % 8}`}
        x=${x + 1}
        y=${box.top + box.height - height}
        width=${Math.max(1, width - 2)}
        height=${height}
        rx="2"
        ><title>${`${name}, ${categories[index] ?? ''}: ${numberText(value)}`}</title></rect
      >`
    }),
  )
}

function drawLines({ scale, categories, series }: Plot, filled: boolean): VNode[] {
  const base = box.top + box.height
  return series.map(({ name, values }, which) => {
    const points = values.map((value, index) => `${centre(index, categories.length)},${base - scale.at(value)}`)
    const [first, last] = [centre(0, categories.length), centre(values.length - 1, categories.length)]
    return html`<g class=${`series-${which % 8}`}>
      ${filled && html`<polygon class="area" points=${`${first},${base} ${points.join(' ')} ${last},${base}`} />`}
      <polyline class="line" points=${points.join(' ')} />
      ${values.map(
        (value, index) =>
          html`<circle class="dot" cx=${centre(index, categories.length)} cy=${base - scale.at(value)} r="3"
            ><title>${`${name}, ${categories[index] ?? ''}: ${numberText(value)}`}</title></circle
          >`,
      )}
    </g>`
  })
}
