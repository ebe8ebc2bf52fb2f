import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodedError } from '../kernel/errors.ts'
import type { Istioctl, IstioctlCall } from '../ports/cluster.ts'
import { childEnv, diesWithParent, settingsFile } from './child-env.ts'
import { runGated } from './gated-child.ts'
import type { KubeAccess } from './kube-config.ts'
import { binaryPath, checkBinary, unpinnedVersions, type PinnedBinaries } from './pinned-binary.ts'

export type IstioctlOptions = {
  readonly pinned: PinnedBinaries
  readonly access: Pick<KubeAccess, 'cliArgs' | 'usesExecPlugin'>
  readonly istioNamespace: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number
}

const GRACE_MS = 5000

/** The port `Istioctl` over pinned binaries `DIR/istioctl-VERSION`. */
export function newIstioctl(options: IstioctlOptions): Istioctl {
  const { pinned, access, istioNamespace, env } = options
  const versions = Object.keys(pinned.sha256)
  const target = [...access.cliArgs, '--istioNamespace', istioNamespace]
  return {
    versions: () => versions,
    unpinned: () => unpinnedVersions(pinned),
    check: (version) => checkBinary(pinned, version),
    shown: (version, args) => [binaryPath(pinned, version), ...args, ...target].map(quoted).join(' '),
    async run(call) {
      // Read while the gate starts, which lets nothing in before that is done: both take about a tenth of a second.
      const checked = checkedBinary(pinned, call)
      const home = await mkdtemp(join(tmpdir(), 'meshferry-istioctl-'))
      try {
        await writeFile(settingsFile(home), '')
        return await runGated({
          ...gatedCall(call, checked),
          prefix: diesWithParent(env),
          file: binaryPath(pinned, call.version),
          args: [...call.args, ...target],
          env: childEnv(env, home, access.usesExecPlugin),
          graceMs: options.graceMs ?? GRACE_MS,
        })
      } finally {
        await rm(home, { recursive: true, force: true })
      }
    },
  }
}

/** Throws what `checkBinary` does, and ISTIOCTL_CHANGED. */
async function checkedBinary(pinned: PinnedBinaries, { version, sha256 }: IstioctlCall): Promise<void> {
  const binary = await checkBinary(pinned, version)
  if (sha256 !== undefined && binary.sha256 !== sha256) {
    throw new CodedError('ISTIOCTL_CHANGED', { version, path: binary.path })
  }
}

function gatedCall(
  call: IstioctlCall,
  checked: Promise<void>,
): Pick<IstioctlCall, 'deadlineMs' | 'signal' | 'onLine' | 'onSpawn'> {
  // Whoever awaits it hears of its failure; until then nobody is to blame for not having listened.
  checked.catch(() => undefined)
  return {
    onSpawn: async (child) => {
      await checked
      await call.onSpawn?.(child)
    },
    deadlineMs: call.deadlineMs,
    ...(call.signal ? { signal: call.signal } : {}),
    ...(call.onLine ? { onLine: call.onLine } : {}),
  }
}

/** For people to copy: an argument with anything special in it is put in single quotes. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
