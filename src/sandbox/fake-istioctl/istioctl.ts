import { sleep } from '../../kernel/retry.ts'
import type { CommandLine } from './arguments.ts'
import { parseCommandLine } from './arguments.ts'
import type { Behaviour } from './behaviour.ts'
import { readBehaviour, step } from './behaviour.ts'
import { commands } from './commands.ts'
import { Cancelled } from './install.ts'
import type { KubeClient } from './kube-client.ts'
import { connect } from './kube-client.ts'
import type { Session } from './session.ts'
import { messageOf } from '../../kernel/errors.ts'

/** The scripted istioctl: the real one's commands, outputs and traps over the sandbox's API. Exit codes as the real one's. */
async function main(argv: readonly string[]): Promise<number> {
  const behaviour = readBehaviour(process.env)
  try {
    return await run(parseCommandLine(argv), behaviour)
  } catch (error) {
    if (error instanceof Cancelled) process.stderr.write('Cancelled.\n')
    else process.stderr.write(`Error: ${messageOf(error)}\n`)
    return 1
  }
}

async function run(line: CommandLine, behaviour: Behaviour): Promise<number> {
  const two = line.words.slice(0, 2).join(' ')
  const command = commands[two] ?? commands[line.words[0] ?? '']
  if (!command) {
    process.stderr.write(
      `Error: unknown command "${line.words[0] ?? ''}" for "istioctl"\nRun 'istioctl --help' for usage.\n`,
    )
    return 64
  }
  await step(behaviour, 'start')
  await sleep(behaviour.delayMs ?? 300)
  const code = await command(sessionOf(line, behaviour))
  await step(behaviour, 'end')
  return code ?? 0
}

function sessionOf(line: CommandLine, behaviour: Behaviour): Session {
  let client: KubeClient | undefined
  return {
    line,
    behaviour,
    version: process.env['FAKE_ISTIOCTL_VERSION'] ?? '1.31.0',
    kube: () => (client ??= connect(line.kubeconfig, line.context)),
    out: (text) => void process.stdout.write(`${text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
  }
}

process.exitCode = await main(process.argv.slice(2))
