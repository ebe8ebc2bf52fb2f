import type { NamespaceClass } from '../istio/namespace-classes.ts'
import type { ProbePod } from '../istio/probe-pods.ts'
import { minimalProbe } from '../istio/probe-pods.ts'
import type { Labels } from '../istio/selectors.ts'
import { askedFor } from '../upgrade/expected.ts'
import type { ClassPlan } from '../wire/plan.ts'

const POD_LEVEL = 'pod-level:'
/** Namespaces without a label of Istio's: whether their pods are injected is for the pods to say. */
const UNLABELLED: readonly string[] = ['not-injected', 'pod-level', 'by-default']

/**
 * Probes of the plan's injected classes that no namespace and no workload shows any more. Namespaces that were injected without
 * asking (enableNamespacesByDefault), or whose pods asked by their own labels, say nothing about it themselves, but the plan
 * does: a list of workloads that came back empty must not take its question out of a proof. A class that namespaces ask for by
 * label has no member any more once none has the label, and nobody to lose by it.
 */
export function lostClasses(planned: readonly ClassPlan[], classes: readonly NamespaceClass[]): readonly ProbePod[] {
  const live = new Set(classes.map(({ key }) => askedFor(key)))
  const unlabelled = namespacesOf(classes, UNLABELLED)
  const idle = namespacesOf(classes, ['not-injected'])
  return planned
    .filter(({ before }) => before !== null)
    .flatMap(({ key, examples }) => {
      if (key.startsWith('by-default')) return probesIn(idle, key, examples, {})
      const lost = key.startsWith(POD_LEVEL) && !live.has(askedFor(key))
      return lost ? probesIn(unlabelled, key, examples, labelsOf(key)) : []
    })
}

function namespacesOf(classes: readonly NamespaceClass[], names: readonly string[]): ReadonlySet<string> {
  return new Set(classes.filter(({ name }) => names.includes(name)).flatMap(({ namespaces }) => namespaces))
}

function probesIn(
  there: ReadonlySet<string>,
  key: string,
  examples: readonly string[],
  labels: Labels,
): readonly ProbePod[] {
  return examples.filter((namespace) => there.has(namespace)).map((namespace) => minimalProbe(key, namespace, labels))
}

/** `pod-level:a=b,c=d` → the labels by which its pods ask; no value of a label has a comma or an equals sign in it. */
function labelsOf(key: string): Labels {
  const pairs = askedFor(key).slice(POD_LEVEL.length).split(',')
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
