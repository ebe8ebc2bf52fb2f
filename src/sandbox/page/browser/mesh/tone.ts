type Versions = { readonly from: string; readonly to: string }
export type Tone = 'old' | 'new' | 'none' | 'other'

/** Which colour a version has wherever it is shown: the one that leaves, the one that comes, none, or another. */
export function toneOf(version: string, { from, to }: Versions): Tone {
  if (version === from) return 'old'
  if (version === to) return 'new'
  return version === 'none' ? 'none' : 'other'
}

export function countText(count: number): string {
  return Math.round(count).toLocaleString('en')
}

/** The versions of some pods in the order in which they are stacked: what comes at the bottom, growing from the ground. */
export function stackOrder(names: readonly string[], versions: Versions): string[] {
  const order: readonly Tone[] = ['new', 'other', 'old', 'none']
  return [...new Set(names)].toSorted(
    (one, other) =>
      order.indexOf(toneOf(one, versions)) - order.indexOf(toneOf(other, versions)) || one.localeCompare(other),
  )
}
