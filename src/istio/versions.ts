/** An Istio version as its images, binaries and labels write it. */
export type IstioVersion = {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** What follows the numbers, without its first `-`, `.`, `+` or `_`: `rc.0`, `distroless`, `asm.5`; empty for none. */
  readonly suffix: string
}

/**
 * What the injector objects of a version look like (facts from the charts of each tag): one entry (1.7–1.9), four
 * entries without a default tag (1.10–1.11), four entries with the default tag made at install (1.12 and later).
 */
export type Era = 'one-entry' | 'four-entries' | 'tags' | 'unsupported'

/** Only after all three numbers may a suffix begin with a dot: `1.20.3corp` is no 1.20.0. */
const PATTERN = new RegExp(
  [/^v?(\d{1,4})\.(\d{1,4})/, /(?:\.(\d{1,6})(?:[-+._]SUFFIX)?|[-+_]SUFFIX)?$/]
    .map(({ source }) => source)
    .join('')
    .replaceAll('SUFFIX', '([0-9A-Za-z][0-9A-Za-z.+_-]*)'),
)
const PRERELEASE = /^(alpha|beta|rc|dev)\b/
const IMAGE_VARIANTS = ['distroless', 'debug']

/** Reads `1.30.0`, `v1.20.3-distroless`, `1.31.0-rc.0`, `1.32-alpha.abc`, `1.20.3_corp1`; null for anything else. A missing patch is 0. */
export function parseVersion(text: string): IstioVersion | null {
  const found = PATTERN.exec(text.trim())
  if (found === null) return null
  return {
    major: Number(found[1]),
    minor: Number(found[2]),
    patch: Number(found[3] ?? '0'),
    suffix: found[4] ?? found[5] ?? '',
  }
}

/** `1.30.0`, `1.31.0-rc.0`: always three numbers. */
export function formatVersion(version: IstioVersion): string {
  const numbers = `${version.major}.${version.minor}.${version.patch}`
  return version.suffix === '' ? numbers : `${numbers}-${version.suffix}`
}

/** `1.30` of `1.30.0-distroless`; null when the text is no version. */
export function minorOf(text: string): string | null {
  const version = parseVersion(text)
  return version === null ? null : `${version.major}.${version.minor}`
}

/**
 * Negative when `a` is older. Alpha, beta, rc and dev builds come before their release; image variants and vendors'
 * suffixes don't change the order.
 */
export function compareVersions(a: IstioVersion, b: IstioVersion): number {
  const numbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch
  if (numbers !== 0) return numbers
  return comparePrereleases(prereleaseOf(a), prereleaseOf(b))
}

/** The texts in the order of their versions; one that can't be read stays where it is. */
export function newestFirst(versions: readonly string[]): readonly string[] {
  return versions.toSorted((a, b) => {
    const [x, y] = [parseVersion(a), parseVersion(b)]
    return x && y ? compareVersions(y, x) : 0
  })
}

/**
 * Whether two version texts name the same build of Istio: image variants (`-distroless`, `-debug`) are the same build,
 * vendors' suffixes and pre-releases are not.
 */
export function sameBuild(a: string, b: string): boolean {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (left === null || right === null) return a === b && a !== ''
  return formatVersion(withoutVariant(left)) === formatVersion(withoutVariant(right))
}

/** The version without an image variant at its end: `1.20.3-distroless` is `1.20.3`. */
function withoutVariant(version: IstioVersion): IstioVersion {
  const parts = version.suffix.split('-')
  const last = parts.at(-1)
  if (last === undefined || !IMAGE_VARIANTS.includes(last)) return version
  return { ...version, suffix: parts.slice(0, -1).join('-') }
}

/** Which of the shapes of injector objects the version has. Before 1.7 nothing is known. */
export function eraOf(version: IstioVersion): Era {
  if (version.major !== 1 || version.minor < 7) return 'unsupported'
  if (version.minor <= 9) return 'one-entry'
  return version.minor <= 11 ? 'four-entries' : 'tags'
}

function prereleaseOf(version: IstioVersion): string | null {
  return PRERELEASE.test(version.suffix) ? withoutVariant(version).suffix : null
}

function comparePrereleases(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return compareParts(a.split('.'), b.split('.'))
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = comparePart(a[i] ?? '', b[i] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}

function comparePart(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b)
  if (a === b) return 0
  return a < b ? -1 : 1
}
