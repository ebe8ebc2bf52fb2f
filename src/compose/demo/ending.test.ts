import { spawnSync } from 'node:child_process'
import { expect, test } from '@jest/globals'

const MODULE = new URL('ending.ts', import.meta.url).href

/** What a process says that listens and in which then this happens. */
function saidWhen(happens: string): { readonly out: string; readonly err: string; readonly code: number | null } {
  const script = `import { listenForTheEnd } from ${JSON.stringify(MODULE)}
    const { signal, isBroken } = listenForTheEnd()
    signal.addEventListener('abort', () => setTimeout(() => { console.log('tidied', isBroken()); process.exit(7) }, 50))
    setTimeout(() => process.exit(9), 10_000)
    ${happens}`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  return { out: stdout.trim(), err: stderr, code: status }
}

test.each([
  ["Promise.reject(new Error('boom'))", 'tidied true', 'INTERNAL: boom'],
  ["setTimeout(() => { throw new Error('bang') }, 0)", 'tidied true', 'INTERNAL: bang'],
  ["process.kill(process.pid, 'SIGHUP')", 'tidied false', ''],
])(
  '%s ends it in order',
  (happens, out, err) => {
    const said = saidWhen(happens)
    expect(said).toMatchObject({ out, code: 7 })
    expect(said.err).toContain(err)
  },
  30_000,
)
