import type { IstioVersion } from './versions.ts'
import { parseVersion } from './versions.ts'

/**
 * Arguments after `istioctl`, per version of the binary. Kubeconfig, context and -i are added by whoever starts it. Always
 * with -y where the command would ask: without a terminal it says "Cancelled." and some versions end with 0.
 */
export type Arguments = readonly string[]

export type InstallOptions = {
  readonly file: string
  readonly revision: string
  /** How long istioctl itself waits for readiness; its default is 300 s. */
  readonly readinessTimeoutSeconds?: number
}

/** `install -f FILE --revision NEW -y`: the revision never in the file, so that no other tool takes it from there. */
export function installArguments({ file, revision, readinessTimeoutSeconds = 300 }: InstallOptions): Arguments {
  return ['install', '-f', file, '--revision', revision, '-y', '--readiness-timeout', `${readinessTimeoutSeconds}s`]
}

/** Pure rendering: the plan of an install. `install --dry-run` is not used: until 1.18 it changes the live webhook. */
export function manifestGenerateArguments(file: string, revision: string): Arguments {
  return ['manifest', 'generate', '-f', file, '--revision', revision]
}

/**
 * Always by revision and never by file: from 1.24 on a file without metadata.name removes every revision. `x uninstall` until
 * 1.14 (1.15–1.18 have both). Null where the version has no such flag as --dry-run (before 1.11).
 */
export function uninstallArguments(
  version: string,
  revision: string,
  options: { readonly dryRun?: boolean } = {},
): Arguments | null {
  const istioctl = parseVersion(version)
  if (istioctl === null) return null
  const command = isBefore(istioctl, 15) ? ['x', 'uninstall'] : ['uninstall']
  const base = [...command, '--revision', revision, '-y']
  if (options.dryRun !== true) return base
  return isBefore(istioctl, 11) ? null : [...base, '--dry-run']
}

export type TagGenerateOptions = {
  readonly tag: string
  readonly revision: string
  /** Keeps the entry that injects namespaces without labels (enableNamespacesByDefault), where the tag has one today. */
  readonly autoInjectNamespaces?: boolean
}

/**
 * Prints the tag's objects and changes nothing. --overwrite, else it refuses a tag that is there. Null before 1.10, which has
 * no tags; 1.10 calls it `x revision tag`.
 */
export function tagGenerateArguments(version: string, options: TagGenerateOptions): Arguments | null {
  const istioctl = parseVersion(version)
  if (istioctl === null || isBefore(istioctl, 10)) return null
  const command = isBefore(istioctl, 11) ? ['x', 'revision', 'tag'] : ['tag']
  const base = [...command, 'generate', options.tag, '--revision', options.revision, '--overwrite']
  return options.autoInjectNamespaces === true ? [...base, '--auto-inject-namespaces'] : base
}

/** The client alone needs no cluster; with the cluster, errors are swallowed and leave keys out (exit 0). */
export function versionArguments(options: { readonly remote?: boolean } = {}): Arguments {
  return ['version', '-o', 'json', `--remote=${options.remote === true}`]
}

/** A real upgrade check from 1.10; JSON from 1.20, changes since a version from 1.21. Null before 1.10. */
export function precheckArguments(version: string, fromVersion: string | null): Arguments | null {
  const istioctl = parseVersion(version)
  if (istioctl === null || isBefore(istioctl, 10)) return null
  const json = isBefore(istioctl, 20) ? [] : ['-o', 'json']
  const from = fromVersion === null || isBefore(istioctl, 21) ? [] : ['--from-version', minorText(fromVersion)]
  return ['x', 'precheck', ...json, ...from]
}

/** Exit 79 says that findings reached the threshold; the revision must be given, else it looks at `default`. */
export function analyzeArguments(revision: string): Arguments {
  return ['analyze', '--all-namespaces', '-o', 'json', '--revision', revision]
}

/** precheck takes the minor, `1.30`. */
function minorText(version: string): string {
  const parsed = parseVersion(version)
  return parsed === null ? version : `${parsed.major}.${parsed.minor}`
}

function isBefore(version: IstioVersion, minor: number): boolean {
  return version.major === 1 && version.minor < minor
}
