import type { Probe, ProbeClass } from './probe-loop.ts'

/** A span of time (epoch ms, both ends in) that holds one act, or none. */
export type Window = {
  readonly from: number
  readonly to: number
  /** Refusals that are not the injector's are no fault. */
  readonly allowUnprovable?: boolean
  /** How often a class may change its revision in this span: 1 unless said otherwise. */
  readonly flips?: number
  /**
   * Injector objects of one revision that may both answer in this span: an untagged default and the tag made of it. Each pod
   * must come out as it would from either, which `forms` tells.
   */
  readonly overlap?: readonly string[]
}

export type Verdict = {
  readonly probes: number
  /** Sentences; empty: no pod without a sidecar, no double, at most one flip per class. */
  readonly faults: readonly string[]
  /** Class → revisions in the order in which they were seen. */
  readonly revisions: Readonly<Record<string, readonly string[]>>
  /** Class → how many different pods its probes came out as. */
  readonly forms: Readonly<Record<string, number>>
  readonly refused: number
}

const FAULTS: Readonly<Record<Exclude<Probe['outcome'], 'sidecar' | 'refused'>, string>> = {
  none: 'got no sidecar',
  double: 'was changed by two injectors',
  'injector-failed': 'was refused because the injector failed',
}

/** Judges the probes of one span. A span without any probe of a class is a fault: silence proves nothing. */
export function judge(probes: readonly Probe[], classes: readonly ProbeClass[], window: Window): Verdict {
  const faults = classes.flatMap((kind) =>
    faultsOf(
      kind,
      probes.filter((one) => one.class === kind.name),
      window,
    ),
  )
  const revisions = classes.map(({ name }) => [name, unique(probes.filter((one) => one.class === name))] as const)
  const forms = classes.map(
    ({ name }) => [name, new Set(probes.flatMap((one) => (one.class === name ? (one.form ?? []) : []))).size] as const,
  )
  const refused = probes.filter(({ outcome }) => outcome === 'refused').length
  return {
    probes: probes.length,
    faults,
    revisions: Object.fromEntries(revisions),
    forms: Object.fromEntries(forms),
    refused,
  }
}

function faultsOf(kind: ProbeClass, probes: readonly Probe[], window: Window): readonly string[] {
  if (probes.length === 0) return [`${kind.name}: no probe in this span`]
  const bad = probes.flatMap((one) => faultOf(kind, one, window.allowUnprovable ?? false) ?? [])
  const series = [...new Set(probes.map(({ server }) => server))].map((server) =>
    probes.filter((one) => one.server === server),
  )
  const flips = Math.max(...series.map((one) => changes(one).length - 1))
  const allowed = window.flips ?? 1
  const flipped =
    flips > allowed ? [`${kind.name}: revision changed ${flips} times: ${changes(probes).join(' → ')}`] : []
  return [...summed(kind.name, bad), ...flipped]
}

function faultOf(kind: ProbeClass, { outcome, message }: Probe, allowUnprovable: boolean): string | null {
  if (outcome === 'refused') return allowUnprovable ? null : `was refused: ${message ?? ''}`
  if (kind.injected) return outcome === 'sidecar' ? null : `${FAULTS[outcome]}${message ? `: ${message}` : ''}`
  return outcome === 'none' ? null : `must get no sidecar, and: ${outcome}`
}

/** Equal sentences once, with their number. */
function summed(name: string, sentences: readonly string[]): readonly string[] {
  const counts = Map.groupBy(sentences, (sentence) => sentence)
  return [...counts].map(([sentence, all]) => `${name}: ${all.length} × a new pod ${sentence}`)
}

/** The revisions of one series without repetition of neighbours. */
function changes(probes: readonly Probe[]): readonly string[] {
  const seen = probes.flatMap(({ revision }) => revision ?? [])
  return seen.filter((revision, index) => revision !== seen[index - 1])
}

function unique(probes: readonly Probe[]): readonly string[] {
  return [...new Set(probes.flatMap(({ revision }) => revision ?? []))]
}
