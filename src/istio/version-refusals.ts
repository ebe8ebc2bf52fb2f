import type { Refusal } from '../kernel/errors.ts'
import { hops, longestHop, minorsBetween } from './hops.ts'
import { isUnknownMinor, kubernetesMinor, kubernetesSupport, NEWEST_KNOWN_MINOR } from './kubernetes-support.ts'
import { eraOf, parseVersion } from './versions.ts'

/**
 * Why one run can't go from a version to another: those of `hops`; HOP_TOO_LONG with the chain that can be gone instead,
 * unless a long hop is allowed by policy; HOP_TOO_LONG_FOR_CNI, which policy can't allow.
 */
export function hopRefusals(
  from: string,
  to: string,
  options: { readonly cni: boolean; readonly longHop: boolean },
): readonly Refusal[] {
  const chain = hops(from, to, { cni: options.cni })
  if (!chain.ok) return [chain.refusal]
  const [start, end] = [parseVersion(from), parseVersion(to)]
  const minors = start === null || end === null ? null : minorsBetween(start, end)
  const longest = longestHop({ cni: options.cni })
  if (minors === null || minors <= longest) return []
  if (options.longHop && !options.cni) return []
  const stops = chain.value.map((hop) => hop.to)
  const code = options.cni ? 'HOP_TOO_LONG_FOR_CNI' : 'HOP_TOO_LONG'
  return [{ code, facts: { from, to, minors, longest, chain: stops } }]
}

/** The first minor of Kubernetes without admissionregistration.k8s.io/v1beta1, which Istio until 1.9 writes. */
const BETA_GONE = 22

/** KUBERNETES_NOT_SUPPORTED where NEW can't run: older than its minimum, or 1.9 and older after v1beta1 webhooks went (1.22). */
export function kubernetesRefusals(version: string, kubernetes: string): readonly Refusal[] {
  const { answer, oldest, newest } = kubernetesSupport(version, kubernetes)
  const istio = parseVersion(version)
  const beta = istio !== null && eraOf(istio) === 'one-entry' && (kubernetesMinor(kubernetes) ?? 0) >= BETA_GONE
  if (answer !== 'too-old' && !beta) return []
  return [
    {
      code: 'KUBERNETES_NOT_SUPPORTED',
      facts: { istio: version, kubernetes, oldest: oldest ?? '', newest: newest ?? '' },
    },
  ]
}

/**
 * What is allowed and said on the card: KUBERNETES_UNTESTED for OLD or NEW outside of the published range, ISTIO_MINOR_UNKNOWN
 * for a minor newer than this room knows, HOP_LONG_BY_POLICY.
 */
export function versionWarnings(from: string, to: string, kubernetes: string, longHop: boolean): readonly Refusal[] {
  const outside = [from, to].filter((version) => kubernetesSupport(version, kubernetes).answer === 'untested')
  const tooLong = hopRefusals(from, to, { cni: false, longHop: false }).find(({ code }) => code === 'HOP_TOO_LONG')
  return [
    ...outside.map((istio) => ({ code: 'KUBERNETES_UNTESTED', facts: { istio, kubernetes } })),
    ...(isUnknownMinor(to)
      ? [{ code: 'ISTIO_MINOR_UNKNOWN', facts: { version: to, newest: NEWEST_KNOWN_MINOR } }]
      : []),
    ...(longHop && tooLong !== undefined ? [{ code: 'HOP_LONG_BY_POLICY', facts: tooLong.facts }] : []),
  ]
}
