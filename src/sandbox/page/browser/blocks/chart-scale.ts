/** Where a value stands on an axis of this many pixels, and which round numbers are written beside it. */
export type Scale = { readonly top: number; readonly ticks: readonly number[]; readonly at: (value: number) => number }

/** From 0 to a round number above the greatest value, in at most five steps. Negative values are drawn as 0. */
export function scaleTo(greatest: number, pixels: number): Scale {
  const step = roundStep(Math.max(greatest, 0) / 4)
  const count = Math.max(1, Math.ceil(greatest / step))
  const top = step * count
  return {
    top,
    ticks: Array.from({ length: count + 1 }, (_, index) => step * index),
    at: (value) => (Math.max(0, value) / top) * pixels,
  }
}

function roundStep(least: number): number {
  if (least <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= least) ?? 10)
}

/** `1,200` and `0.5`. */
export function numberText(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value)
}
