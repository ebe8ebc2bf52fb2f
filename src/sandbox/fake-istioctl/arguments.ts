import { parseArgs } from 'node:util'

/** A command line of istioctl, taken apart. */
export type CommandLine = {
  /** `install`, `tag set default`… without flags. */
  readonly words: readonly string[]
  readonly files: readonly string[]
  readonly sets: readonly string[]
  readonly revision: string
  readonly yes: boolean
  readonly overwrite: boolean
  readonly remote: boolean
  readonly dryRun: boolean
  readonly purge: boolean
  readonly output: string
  readonly readinessTimeoutMs: number
  readonly readinessTimeout: string
  readonly kubeconfig: string | undefined
  readonly context: string | undefined
  readonly istioNamespace: string
  readonly namespace: string
}

const OPTIONS = {
  filename: { type: 'string', short: 'f', multiple: true },
  set: { type: 'string', short: 's', multiple: true },
  revision: { type: 'string', short: 'r' },
  'skip-confirmation': { type: 'boolean', short: 'y' },
  overwrite: { type: 'boolean' },
  remote: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  purge: { type: 'boolean' },
  verify: { type: 'boolean' },
  force: { type: 'boolean' },
  'all-namespaces': { type: 'boolean', short: 'A' },
  output: { type: 'string', short: 'o' },
  'from-version': { type: 'string' },
  'output-threshold': { type: 'string' },
  'failure-threshold': { type: 'string' },
  'readiness-timeout': { type: 'string' },
  kubeconfig: { type: 'string', short: 'c' },
  context: { type: 'string' },
  manifests: { type: 'string', short: 'd' },
  'kubeclient-timeout': { type: 'string' },
  istioNamespace: { type: 'string', short: 'i' },
  namespace: { type: 'string', short: 'n' },
} as const

/** Throws for an unknown flag, as istioctl does. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: argv.map((arg) =>
      arg === '--remote=false' ? '--no-remote' : arg.replace(/^--(remote|verify)=true$/, '--$1'),
    ),
    allowPositionals: true,
    allowNegative: true,
    options: OPTIONS,
  })
  const { filename: files = [], set: sets = [], 'readiness-timeout': readinessTimeout = '5m0s' } = values
  return {
    words: positionals,
    files,
    sets,
    revision: values.revision ?? revisionSet(sets),
    ...switchesOf(values),
    output: values.output ?? '',
    readinessTimeoutMs: goDurationMs(readinessTimeout),
    readinessTimeout,
    kubeconfig: values.kubeconfig,
    context: values.context,
    istioNamespace: values.istioNamespace ?? 'istio-system',
    namespace: values.namespace ?? '',
  }
}

type Switch = 'skip-confirmation' | 'overwrite' | 'remote' | 'dry-run' | 'purge'

function switchesOf(values: { readonly [name in Switch]?: boolean }) {
  return {
    yes: values['skip-confirmation'] ?? false,
    overwrite: values.overwrite ?? false,
    remote: values.remote ?? true,
    dryRun: values['dry-run'] ?? false,
    purge: values.purge ?? false,
  }
}

function revisionSet(sets: readonly string[]): string {
  return sets.find((set) => set.startsWith('revision='))?.slice('revision='.length) ?? ''
}

/** Milliseconds of Go's `5m0s`, `90s`, `1500ms`. */
function goDurationMs(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)]
  if (parts.length === 0) throw new Error(`invalid argument "${text}" for "--readiness-timeout" flag`)
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0)
}
