import { execa } from 'execa'
import { isAlive } from './lock.ts'

/** Set for everything that runs inside: the meshes put their addresses on this namespace's loopback device. */
export const NAMESPACE_VARIABLE = 'MESHFERRY_TEST_NETNS'

/** Names carry the owner's pid, so that a later run finds those whose owner was killed. */
const PREFIX = 'mf-test-'

/** Makes a network namespace with a loopback device and nothing else: nothing in it reaches the machine or the internet. */
export async function createNamespace(): Promise<string> {
  await removeOrphans()
  const name = `${PREFIX}${process.pid}`
  await execa('ip', ['netns', 'add', name])
  await execa('ip', ['-n', name, 'link', 'set', 'lo', 'up'])
  return name
}

export async function removeNamespace(name: string): Promise<void> {
  await execa('ip', ['netns', 'del', name], { reject: false })
}

/** The argument list that runs `argv` inside; it dies with its parent. */
export function inside(name: string, argv: readonly string[]): readonly [string, ...string[]] {
  return ['setpriv', '--pdeathsig', 'KILL', '--', 'ip', 'netns', 'exec', name, ...argv]
}

async function removeOrphans(): Promise<void> {
  const { stdout } = await execa('ip', ['netns', 'list'])
  for (const line of stdout.split('\n')) {
    const name = line.split(' ')[0] ?? ''
    if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length)))) await removeNamespace(name)
  }
}
