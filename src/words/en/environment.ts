import type { Catalogue } from '../sentence.ts'

/** The environment, and what of the file only its user can know. */
export const environmentEn = {
  ARGUMENT_UNKNOWN: ['I do not know the argument “{argument}”.', 'Call it as: meshferry {usage}.'],
  FILE_EXISTS: [
    '{file} is there already, so nothing was written.',
    'Move it away, or name another file by MESHFERRY_CONFIG.',
  ],
  DEMO_REDIS_MISSING: [
    'The demo starts a Redis of its own, and neither of these is on PATH: {servers}. A Redis in a container does not serve for it.',
    'In a clone of Meshferry run "npm run demo", which fetches one; elsewhere install redis-server or valkey-server.',
  ],
  DEMO_PORT_TAKEN: [
    'The page cannot be opened on port {port}[[: {message}]].',
    'Give another one with --port, or leave it out for a free one. Nothing of the demo was left running.',
  ],
  DEMO_REDIS_FAILED: [
    'The Redis of the demo, {server}, does not start.',
    'Start it by hand to see why; "npm run demo" in a clone of Meshferry brings one that is known to work.',
  ],
  STORY_UNKNOWN: ['There is no story “{typed}”.', 'There are: {stories}.'],
  ENV_MISSING: [
    '{name} is not set[[, nor is {or}]].',
    'Set it, or {name}_FILE with the path of a file that holds it[[, or {or} in its place]]; .env.example explains it.',
  ],
  ENV_INVALID: ['{name} has no usable value: {message}.', 'Set it as .env.example explains.'],
  ENV_TWICE: ['{name} and {name}_FILE are both set, and may differ.', 'Keep one of them.'],
  ENV_FILE_UNREADABLE: ['{name} names the file {file}, which cannot be read.', 'Mount the file, or mend the path.'],
  BOT_KEYS_MISSING: [
    'The worker knows no key of a bot, so it would believe nobody.',
    'Write the public key that belongs to MESHFERRY_BOT_KEY under {setting}.',
  ],
  BOT_KEY_NOT_LISTED: [
    'The public key of MESHFERRY_BOT_KEY is not under {setting}: a worker with this file would believe nothing that the bot signs.',
    'Write {publicKey} there, and start the workers anew.',
  ],
  CONFIG_MISSING: [
    'The file {file} cannot be read.',
    'Write one with "meshferry init", or name yours by MESHFERRY_CONFIG.',
  ],
  CONFIG_NEED_UNREACHABLE: [
    'On {cluster} the phase {phase} needs {need} approvals, but only {listed} people are listed, and whoever asks may not approve.',
    'List more people, or ask for fewer approvals.',
  ],
} as const satisfies Partial<Catalogue>
