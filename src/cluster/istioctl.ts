import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Istioctl, IstioctlCall } from '../ports/cluster.ts'
import { childEnv, diesWithParent, settingsFile } from './child-env.ts'
import { runGated } from './gated-child.ts'
import type { KubeAccess } from './kube-config.ts'
import { binaryPath, checkBinary, type PinnedBinaries } from './pinned-binary.ts'

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
    check: (version) => checkBinary(pinned, version),
    shown: (version, args) => [binaryPath(pinned, version), ...args, ...target].map(quoted).join(' '),
    async run(call) {
      const { path } = await checkBinary(pinned, call.version)
      const home = await mkdtemp(join(tmpdir(), 'meshferry-istioctl-'))
      try {
        await writeFile(settingsFile(home), '')
        return await runGated({
          ...gatedCall(call),
          prefix: diesWithParent(env),
          file: path,
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

function gatedCall(call: IstioctlCall): Pick<IstioctlCall, 'deadlineMs' | 'signal' | 'onLine' | 'onSpawn'> {
  return {
    deadlineMs: call.deadlineMs,
    ...(call.signal ? { signal: call.signal } : {}),
    ...(call.onLine ? { onLine: call.onLine } : {}),
    ...(call.onSpawn ? { onSpawn: call.onSpawn } : {}),
  }
}

/** For people to copy: an argument with anything special in it is put in single quotes. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
