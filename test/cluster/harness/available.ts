import { execa } from 'execa'
import { missing } from './build.ts'
import { usualPrograms } from './programs.ts'

/**
 * Why the cluster tests can't run on this machine, as one sentence for a person; null when they can. Nothing is changed
 * but for a network namespace that is made and removed at once.
 */
export async function unavailable(): Promise<string | null> {
  if (process.platform !== 'linux') {
    return `The cluster tests need Linux (network namespaces); this machine runs ${process.platform}.`
  }
  const namespaces = await namespacesRefused()
  if (namespaces !== null) return namespaces
  if (missing(usualPrograms()).length === 0) return null
  return (await works('go', ['version']))
    ? null
    : 'The cluster tests build etcd, Kubernetes and Istio with Go, and there is no `go` on PATH. Install Go 1.26 or newer (https://go.dev/dl) and run again.'
}

async function namespacesRefused(): Promise<string | null> {
  if (!(await works('ip', ['-V']))) {
    return 'The cluster tests need the `ip` program (package iproute2) for a network namespace, and it is not on PATH.'
  }
  if (!(await works('setpriv', ['--version']))) {
    return 'The cluster tests need `setpriv` (package util-linux), so that no process outlives a test, and it is not on PATH.'
  }
  const probe = `mf-probe-${process.pid}`
  const made = await works('ip', ['netns', 'add', probe])
  const entered = made && (await works('ip', ['netns', 'exec', probe, 'true']))
  if (made) await works('ip', ['netns', 'del', probe])
  if (entered) return null
  return 'The cluster tests need a network namespace of their own, and `ip netns add` is refused here. Run them as root (sudo), on a machine or in a container with CAP_NET_ADMIN and CAP_SYS_ADMIN.'
}

async function works(file: string, args: readonly string[]): Promise<boolean> {
  const { failed } = await execa(file, args, { reject: false })
  return !failed
}
