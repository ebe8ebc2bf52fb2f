import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(import.meta.dirname, '..', '..')

/** `meshferry demo` as a process of its own, with its temporary files in `folder`, and the lines that it has said so far. */
export function startDemo(folder: string, args: readonly string[]) {
  // What must not be used is set to what would be noticed.
  const env = { ...process.env, TMPDIR: folder, REDIS_URL: 'redis://127.0.0.1:1', SLACK_BOT_TOKEN: 'xoxb-not-yours' }
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main.ts'), 'demo', ...args], { env, stdio: 'pipe' })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => lines.push(line))
  return { child, lines }
}
