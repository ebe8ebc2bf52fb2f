import type { MeshView } from './mesh-view.ts'

export type Curve = MeshView['curve']

/** Some hundred points are enough for a curve on a page. */
const MOST = 120

/**
 * The curve with one point more, if the last one is long enough ago for the span that it covers; at most 120 points.
 * Where they become too many those go that lie close together, so that every part of the time stays in the picture.
 */
export function withPoint(curve: Curve, point: Curve[number]): Curve {
  const first = curve[0]
  const last = curve.at(-1)
  if (!first || !last) return [point]
  const step = (point.at - first.at) / MOST
  if (point.at <= last.at || point.at - last.at < step) return curve
  const grown = [...curve, point]
  return grown.length <= MOST ? grown : thinned(grown, step * 2)
}

function thinned(curve: Curve, gap: number): Curve {
  const kept: Curve[number][] = []
  for (const point of curve) {
    const before = kept.at(-1)
    if (!before || point.at - before.at >= gap || point === curve.at(-1)) kept.push(point)
  }
  return kept
}
