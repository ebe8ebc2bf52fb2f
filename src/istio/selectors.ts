import type { LabelSelector, SelectorRequirement } from './objects.ts'

export type Labels = Readonly<Record<string, string>>

/**
 * Whether a selector matches. Text and not a boolean, so that nobody can take `unknown` (an operator of a Kubernetes
 * that this room doesn't know, or a malformed requirement) for a yes or a no.
 */
export type Matching = 'yes' | 'no' | 'unknown'

/** Kubernetes label selector semantics: all requirements must hold; a missing or empty selector matches everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels): Matching {
  const byLabels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]): Matching =>
    labels[key] === value ? 'yes' : 'no',
  )
  const byExpressions = (selector?.matchExpressions ?? []).map((requirement) => matchesRequirement(requirement, labels))
  return allOf([...byLabels, ...byExpressions])
}

/** A plain label map as Services and Deployments use it. An empty one matches nothing here: such a Service has no pods of its own. */
export function matchesLabelMap(selector: Labels | undefined, labels: Labels): boolean {
  const wanted = Object.entries(selector ?? {})
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}

/** No if any is no (an unknown beside it can't help), else unknown if any is, else yes. */
export function allOf(matchings: readonly Matching[]): Matching {
  if (matchings.includes('no')) return 'no'
  return matchings.includes('unknown') ? 'unknown' : 'yes'
}

/** In and NotIn need values, Exists and DoesNotExist must have none: the API server refuses others, so they are unknown. */
function matchesRequirement({ key, operator, values = [] }: SelectorRequirement, labels: Labels): Matching {
  const value = labels[key]
  const listed = value !== undefined && values.includes(value)
  const rule = new Map<string, { readonly takesValues: boolean; readonly holds: boolean }>([
    ['In', { takesValues: true, holds: listed }],
    ['NotIn', { takesValues: true, holds: !listed }],
    ['Exists', { takesValues: false, holds: value !== undefined }],
    ['DoesNotExist', { takesValues: false, holds: value === undefined }],
  ]).get(operator)
  if (rule === undefined || rule.takesValues !== values.length > 0) return 'unknown'
  return yesIf(rule.holds)
}

function yesIf(condition: boolean): Matching {
  return condition ? 'yes' : 'no'
}
