import { refusalOf } from '../kernel/errors.ts'
import { say, sayLine } from '../words/say.ts'

/** A command's module is loaded only when it is called: a worker needs no Slack library, and memory counts. */
type Command = (args: readonly string[]) => Promise<number>

const USAGE = `meshferry bot                      Slack on one side, the clusters' queues on the other
meshferry worker --cluster NAME    decides and acts for one cluster
meshferry all                      both in one process
meshferry doctor [--part bot|worker] [--cluster NAME]
                                   checks settings, Redis, Slack (the bot's) and every cluster (the worker's); says what to mend
meshferry config check             reads meshferry.yaml and the environment; says everything that is wrong
meshferry config explain [PART]    every setting: value, where it came from, what it means
meshferry ctl status | report | verify-audit | stop | rollback
                                   [--cluster NAME] [--context CONTEXT] [--reason TEXT] [--to FOLDER]
                                   one cluster from a terminal, without Slack and Redis
meshferry demo [--headless --story NAME] [--port PORT]
                                   the whole job on a local imitation of Slack and Kubernetes; nothing else is needed
meshferry manifest [--url https://HOST]
                                   the manifest of the Slack app, for the command of meshferry.yaml
meshferry init [CLUSTER [CONTEXT]] writes a first meshferry.yaml and fresh keys`

const COMMANDS: Readonly<Record<string, Command>> = {
  bot: async () => (await import('./serve.ts')).serveBot(),
  worker: async (args) => (await import('./serve.ts')).serveWorker(args),
  all: async () => (await import('./serve.ts')).serveAll(),
  doctor: async (args) => (await import('./inspect.ts')).doctor(args),
  config: async (args) => (await import('./inspect.ts')).config(args),
  ctl: async (args) => {
    const { ctl, ownTerminal } = await import('./ctl.ts')
    return ctl(args, process.env, ownTerminal(), (code, facts) => sayLine(code, facts, 'en'))
  },
  demo: async (args) => (await import('./demo/demo.ts')).demo(args),
  manifest: async (args) => (await import('./manifest.ts')).manifest(args),
  init: async (args) => (await import('./inspect.ts')).init(args),
}

/** Wrong usage, as sysexits has it. */
const USAGE_ERROR = 64

/** Runs one command to its end; the exit code says how it went. Every error is one sentence with the next action. */
export async function run(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv
  const command = COMMANDS[name]
  if (!command) {
    console.error(USAGE)
    return name === 'help' || name === '--help' ? 0 : USAGE_ERROR
  }
  try {
    return await command(args)
  } catch (error) {
    const { code, facts } = refusalOf(error)
    const { what, next } = say(code, facts, 'en')
    console.error(`${code}: ${what} ${next}`.trim())
    return 1
  }
}
