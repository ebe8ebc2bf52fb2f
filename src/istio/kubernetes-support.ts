import { minorOf, parseVersion } from './versions.ts'

/**
 * Kubernetes minors (of 1.x) that an Istio minor supports, as istio.io's table of supported releases says. `newest` is
 * null where the table isn't published yet; `oldest` then comes from istioctl's own minimum.
 */
type Support = { readonly istio: string; readonly oldest: number; readonly newest: number | null }

const SUPPORT: readonly Support[] = [
  { istio: '1.7', oldest: 16, newest: 18 },
  { istio: '1.8', oldest: 16, newest: 19 },
  { istio: '1.9', oldest: 17, newest: 20 },
  { istio: '1.10', oldest: 18, newest: 21 },
  { istio: '1.11', oldest: 18, newest: 22 },
  { istio: '1.12', oldest: 19, newest: 22 },
  { istio: '1.13', oldest: 20, newest: 23 },
  { istio: '1.14', oldest: 21, newest: 24 },
  { istio: '1.15', oldest: 22, newest: 25 },
  { istio: '1.16', oldest: 22, newest: 25 },
  { istio: '1.17', oldest: 23, newest: 26 },
  { istio: '1.18', oldest: 24, newest: 27 },
  { istio: '1.19', oldest: 25, newest: 28 },
  { istio: '1.20', oldest: 25, newest: 29 },
  { istio: '1.21', oldest: 26, newest: 29 },
  { istio: '1.22', oldest: 27, newest: 30 },
  { istio: '1.23', oldest: 27, newest: 30 },
  { istio: '1.24', oldest: 28, newest: 31 },
  { istio: '1.25', oldest: 29, newest: 32 },
  { istio: '1.26', oldest: 29, newest: 33 },
  { istio: '1.27', oldest: 29, newest: 33 },
  { istio: '1.28', oldest: 30, newest: 34 },
  { istio: '1.29', oldest: 31, newest: 35 },
  { istio: '1.30', oldest: 32, newest: null },
  { istio: '1.31', oldest: 32, newest: null },
]

/** The newest minor whose objects and commands this room was written against. */
export const NEWEST_KNOWN_MINOR = '1.31'

export type KubernetesSupport = {
  /** `untested`: newer than the published range. `unknown`: a version that isn't in the table, or can't be read. */
  readonly answer: 'supported' | 'too-old' | 'untested' | 'unknown'
  readonly oldest: string | null
  readonly newest: string | null
}

/**
 * Whether an Istio version supports a Kubernetes version (`v1.34.4`, `1.29+`). A minor newer than the table needs at least
 * what the newest in it needs: the minimum never went down.
 */
export function kubernetesSupport(istio: string, kubernetes: string): KubernetesSupport {
  const row = SUPPORT.find((support) => support.istio === minorOf(istio))
  const cluster = kubernetesMinor(kubernetes)
  if (cluster === null) return { answer: 'unknown', oldest: null, newest: null }
  if (row === undefined) return beyondTheTable(istio, cluster)
  const range = { oldest: `1.${row.oldest}`, newest: row.newest === null ? null : `1.${row.newest}` }
  if (cluster < row.oldest) return { answer: 'too-old', ...range }
  if (row.newest !== null && cluster > row.newest) return { answer: 'untested', ...range }
  return { answer: 'supported', ...range }
}

function beyondTheTable(istio: string, cluster: number): KubernetesSupport {
  const least = SUPPORT.at(-1)?.oldest ?? 0
  if (parseVersion(istio) === null || !isUnknownMinor(istio) || cluster >= least) {
    return { answer: 'unknown', oldest: null, newest: null }
  }
  return { answer: 'too-old', oldest: `1.${least}`, newest: null }
}

/** Whether a minor is newer than all that is known here: allowed only when its rendered objects have the known shape. */
export function isUnknownMinor(version: string): boolean {
  const [asked, known] = [parseVersion(version), parseVersion(NEWEST_KNOWN_MINOR)]
  if (asked === null || known === null) return true
  return asked.major !== known.major || asked.minor > known.minor
}

/** 22 of `v1.22.3`; null for what is no version of Kubernetes 1. */
export function kubernetesMinor(version: string): number | null {
  const found = /^v?1\.(\d+)/.exec(version)
  return found === null ? null : Number(found[1])
}
