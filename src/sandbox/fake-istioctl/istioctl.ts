import { createInterface } from 'node:readline'
import { readBehaviour } from './behaviour.ts'
import { runLine } from './run-line.ts'

/** The scripted istioctl as a program over the sandbox's API. Exit codes as the real one's. */
let lines: NodeJS.AsyncIterator<string> | undefined

process.exitCode = await runLine(process.argv.slice(2), {
  version: process.env['FAKE_ISTIOCTL_VERSION'] ?? '1.31.0',
  behaviour: readBehaviour(process.env),
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  readLine: async () => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
    const next = await lines.next()
    return next.done === true ? '' : next.value
  },
})
// An input that was read from, and that nobody closes, would keep the process.
if (lines) process.stdin.destroy()
