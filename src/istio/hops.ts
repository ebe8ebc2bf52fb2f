import type { Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import type { IstioVersion } from './versions.ts'
import { compareVersions, eraOf, formatVersion, parseVersion } from './versions.ts'

/** One run of a chain. Ends that lie between the two versions asked for are minors only: `1.9`. */
export type Hop = { readonly from: string; readonly to: string }

export type HopOptions = {
  /** istio-cni has no canary and works with control planes one minor away only: hops of one minor. */
  readonly cni?: boolean
}

/** How many minors `to` is ahead of `from`: negative when behind, null across major versions. */
export function minorsBetween(from: IstioVersion, to: IstioVersion): number | null {
  return from.major === to.major ? to.minor - from.minor : null
}

/** The most minors that one run may cross: two with revisions, one where istio-cni is installed (supported releases). */
export function longestHop(options: HopOptions = {}): number {
  return options.cni === true ? 1 : 2
}

/**
 * The chain of upgrades from one version to a newer one, each at most `longestHop` minors. A patch upgrade is one hop.
 * Refuses VERSION_UNREADABLE, VERSION_NOT_NEWER, VERSION_TOO_OLD (before 1.7) and VERSION_MAJOR_DIFFERS.
 */
export function hops(from: string, to: string, options: HopOptions = {}): Result<readonly Hop[]> {
  const [start, end] = [parseVersion(from), parseVersion(to)]
  if (start === null) return refuse('VERSION_UNREADABLE', { version: from })
  if (end === null) return refuse('VERSION_UNREADABLE', { version: to })
  const distance = minorsBetween(start, end)
  if (distance === null) return refuse('VERSION_MAJOR_DIFFERS', { from, to })
  if (eraOf(start) === 'unsupported') return refuse('VERSION_TOO_OLD', { version: from, oldest: '1.7' })
  if (compareVersions(start, end) >= 0) return refuse('VERSION_NOT_NEWER', { from, to })
  return ok(chain(start, end, longestHop(options)))
}

function chain(start: IstioVersion, end: IstioVersion, stride: number): readonly Hop[] {
  const stops = [formatVersion(start)]
  for (let minor = start.minor + stride; minor < end.minor; minor += stride) stops.push(`${start.major}.${minor}`)
  stops.push(formatVersion(end))
  return stops.slice(1).map((to, i) => ({ from: stops[i] ?? '', to }))
}
