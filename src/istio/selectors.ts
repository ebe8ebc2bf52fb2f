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

function matchesRequirement(requirement: SelectorRequirement, labels: Labels): Matching {
  const value = labels[requirement.key]
  const values = requirement.values ?? []
  switch (requirement.operator) {
    case 'In':
      return values.length === 0 ? 'unknown' : yesIf(value !== undefined && values.includes(value))
    case 'NotIn':
      return values.length === 0 ? 'unknown' : yesIf(value === undefined || !values.includes(value))
    case 'Exists':
      return values.length > 0 ? 'unknown' : yesIf(value !== undefined)
    case 'DoesNotExist':
      return values.length > 0 ? 'unknown' : yesIf(value === undefined)
    default:
      return 'unknown'
  }
}

function yesIf(condition: boolean): Matching {
  return condition ? 'yes' : 'no'
}
