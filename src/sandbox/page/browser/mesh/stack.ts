import type { MeshView } from '../../../world/mesh-view.ts'

export type Layer = { readonly version: string; readonly points: string }

type Size = { readonly width: number; readonly height: number }

/** The round number of pods at which the axis ends: the greatest sum, at its next even step. */
export function topOf(curve: MeshView['curve']): number {
  const greatest = Math.max(1, ...curve.map(({ byVersion }) => sum(Object.values(byVersion))))
  const step = 2 * 10 ** Math.max(0, Math.floor(Math.log10(greatest)) - 1)
  return Math.ceil(greatest / step) * step
}

/** Layers of a stacked area as polygon points, in this order from the ground up to `top`. The curve needs at least two moments. */
export function stackLayers(
  curve: MeshView['curve'],
  order: readonly string[],
  top: number,
  { width, height }: Size,
): Layer[] {
  const [first, last] = [curve[0]?.at ?? 0, curve.at(-1)?.at ?? 1]
  const span = Math.max(1, last - first)
  const edge = (upTo: number): string[] =>
    curve.map(({ at, byVersion }) => {
      const below = sum(order.slice(0, upTo).map((version) => byVersion[version] ?? 0))
      return `${round(((at - first) / span) * width)},${round(height - (below / top) * height)}`
    })
  return order.map((version, index) => ({
    version,
    points: [...edge(index + 1), ...edge(index).toReversed()].join(' '),
  }))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
