import type { MeshView } from '../../../world/mesh-view.ts'

export type Layer = { readonly version: string; readonly points: string }

type Size = { readonly width: number; readonly height: number }

/** Layers of a stacked area as polygon points, in this order from the ground up. The curve needs at least two moments. */
export function stackLayers(curve: MeshView['curve'], order: readonly string[], { width, height }: Size): Layer[] {
  const [first, last] = [curve[0]?.at ?? 0, curve.at(-1)?.at ?? 1]
  const span = Math.max(1, last - first)
  const total = Math.max(1, ...curve.map(({ byVersion }) => sum(order.map((version) => byVersion[version] ?? 0))))
  const edge = (upTo: number): string[] =>
    curve.map(({ at, byVersion }) => {
      const below = sum(order.slice(0, upTo).map((version) => byVersion[version] ?? 0))
      return `${round(((at - first) / span) * width)},${round(height - (below / total) * height)}`
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
