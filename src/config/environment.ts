import { z } from 'zod'
import type { Refusal } from '../kernel/errors.ts'
import { keyList } from '../kernel/key-list.ts'
import { DEFAULTS } from './defaults.ts'
import { privateKeyForm } from './keys.ts'
import type { Environment } from './settings.ts'
import { VARIABLES } from './variables.ts'

export type Env = Readonly<Record<string, string | undefined>>
/** Gives a file's text or throws, as node:fs does. */
export type ReadFile = (path: string) => string

export type ReadEnvironment = { readonly env: Environment | null; readonly problems: readonly Refusal[] }

/** A secret shorter than this could be guessed. */
const RECORD_KEY_LENGTH = 16

const schema = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xox').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  MESHFERRY_HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  MESHFERRY_BOT_KEY: z
    .string()
    .transform(privateKeyForm)
    .pipe(z.string({ error: 'not an Ed25519 private key' }))
    .optional(),
  MESHFERRY_RECORD_KEY: z
    .string()
    .transform(keyList)
    .pipe(z.array(z.string().min(RECORD_KEY_LENGTH)).min(1).max(2))
    .optional(),
  MESHFERRY_CONFIG: z.string().default(DEFAULTS.configFile),
  KUBECONFIG: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default(DEFAULTS.logLevel),
})

/**
 * Reads the variables and their `_FILE` twins. Problems: ENV_TWICE {name} when both are set, ENV_FILE_UNREADABLE {name,
 * file}, ENV_INVALID {name, message}. No fact ever holds a value.
 */
export function readEnvironment(env: Env, readFile: ReadFile): ReadEnvironment {
  const problems: Refusal[] = []
  const values: Record<string, string> = {}
  for (const { name } of VARIABLES) {
    const read = oneVariable(env, name, readFile)
    if (typeof read === 'object') problems.push(read)
    else if (read !== '') values[name] = read
  }
  const parsed = schema.safeParse(values)
  if (parsed.success) return { env: problems.length === 0 ? environmentOf(parsed.data) : null, problems }
  const invalid = parsed.error.issues.map(({ path, message }) => {
    return { code: 'ENV_INVALID', facts: { name: String(path[0]), message } }
  })
  return { env: null, problems: [...problems, ...invalid] }
}

/** Its text, or '' where it is not set: an empty variable is what a compose file makes of one that was left out. */
function oneVariable(env: Env, name: string, readFile: ReadFile): string | Refusal {
  const value = env[name]?.trim() ?? ''
  const file = env[`${name}_FILE`] ?? ''
  if (file === '') return value
  if (value !== '') return { code: 'ENV_TWICE', facts: { name } }
  try {
    return readFile(file).trim()
  } catch {
    return { code: 'ENV_FILE_UNREADABLE', facts: { name: `${name}_FILE`, file } }
  }
}

function environmentOf(read: z.infer<typeof schema>): Environment {
  return {
    ...given('slackBotToken', read.SLACK_BOT_TOKEN),
    ...given('slackAppToken', read.SLACK_APP_TOKEN),
    ...given('slackSigningSecret', read.SLACK_SIGNING_SECRET),
    ...given('port', read.PORT),
    ...given('healthPort', read.MESHFERRY_HEALTH_PORT),
    ...given('slackApiUrl', read.SLACK_API_URL),
    ...given('redisUrl', read.REDIS_URL),
    ...given('botKey', read.MESHFERRY_BOT_KEY),
    ...given('kubeconfig', read.KUBECONFIG),
    recordKeys: read.MESHFERRY_RECORD_KEY ?? [],
    configFile: read.MESHFERRY_CONFIG,
    logLevel: read.LOG_LEVEL,
  }
}

/** A member that is left out where there is no value, as exactOptionalPropertyTypes wants it. */
export function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  const member: Partial<Record<K, V>> = {}
  if (value !== undefined) member[key] = value
  return member
}
