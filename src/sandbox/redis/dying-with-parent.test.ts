import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from '@jest/globals'
import { dyingWithParent } from './dying-with-parent.ts'

/** Starts `sleep` as its child, says the pid, and lives until it is killed. */
function parentOf(mortal: object) {
  const program = `const { command, stdio } = ${JSON.stringify(mortal)}
const child = require('node:child_process').spawn(command[0], command.slice(1), { stdio, detached: true })
console.log(child.pid); setInterval(() => 0, 1000)`
  return spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function goneWithin(ms: number, pid: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (!lives(pid)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

test.each([
  ['as this machine does it', dyingWithParent(['sleep', '300'])],
  ['without setpriv', dyingWithParent(['sleep', '300'], null)],
])(
  'a child ends with a parent that is killed with -9, %s',
  async (_, mortal) => {
    const parent = parentOf(mortal)
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string]
    const pid = Number(line)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(lives(pid)).toBe(true)
    parent.kill('SIGKILL')
    expect(await goneWithin(10_000, pid)).toBe(true)
  },
  30_000,
)

test('without setpriv the pid is the command’s own, and its end is seen', async () => {
  const { command, stdio } = dyingWithParent(['sh', '-c', 'exit 7'], null)
  const child = spawn(command[0] ?? '', command.slice(1), { stdio })
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(7)
  child.stdio[3]?.destroy()
})
