import { messageOf } from '../../kernel/errors.ts'
import { sleep } from '../../kernel/retry.ts'
import { parseCommandLine } from './arguments.ts'
import type { CommandLine } from './arguments.ts'
import type { Behaviour } from './behaviour.ts'
import { step } from './behaviour.ts'
import { commands } from './commands.ts'
import type { KubeClient } from './kube-client.ts'
import { connect } from './kube-client.ts'
import { Cancelled } from './session.ts'
import type { Session } from './session.ts'

/** What one run has of its surroundings. */
export type Terminal = {
  readonly version: string
  readonly behaviour: Behaviour
  readonly stdout: (text: string) => unknown
  readonly stderr: (text: string) => unknown
  /** The next line of standard input; empty at its end. */
  readonly readLine: () => Promise<string>
}

/** Runs one command line of the scripted istioctl: the real one's commands, outputs and traps. The result is its exit code. */
export async function runLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(parseCommandLine(argv), terminal)
  } catch (error) {
    if (error instanceof Cancelled) terminal.stderr('Cancelled.\n')
    else terminal.stderr(`Error: ${messageOf(error)}\n`)
    return 1
  }
}

async function run(line: CommandLine, terminal: Terminal): Promise<number> {
  const { behaviour } = terminal
  const command = commands[line.words.slice(0, 2).join(' ')] ?? commands[line.words[0] ?? '']
  if (!command) {
    const unknown = `unknown command "${line.words[0] ?? ''}" for "istioctl"`
    terminal.stderr(`Error: ${unknown}\nRun 'istioctl --help' for usage.\n`)
    return 64
  }
  await step(behaviour, 'start')
  await sleep(behaviour.delayMs ?? 300)
  const code = await command(sessionOf(line, terminal))
  await step(behaviour, 'end')
  return code ?? 0
}

function sessionOf(line: CommandLine, { version, behaviour, stdout, stderr, readLine }: Terminal): Session {
  let client: KubeClient | undefined
  return {
    line,
    behaviour,
    version,
    kube: () => (client ??= connect(line.kubeconfig, line.context)),
    out: (text) => void stdout(`${text}\n`),
    progress: (text) => void stderr(`${text}\n`),
    ask: (question) => {
      stdout(question)
      return readLine()
    },
  }
}
