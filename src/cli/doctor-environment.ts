import type { Environment, Settings } from '../config/settings.ts'
import { CodedError } from '../kernel/errors.ts'
import { publicKeyOf } from '../kernel/signatures.ts'
import type { Part } from './doctor-arguments.ts'

type Needs = (env: Environment) => readonly (readonly [name: string, value: unknown])[]

/** Variables without which a part doesn't start. What is the other part's own is not asked for: it must not be there. */
const NEEDED: Readonly<Record<Part, Needs>> = {
  bot: (env) => [
    ['REDIS_URL', env.redisUrl],
    ['SLACK_BOT_TOKEN', env.slackBotToken],
    ['MESHFERRY_BOT_KEY', env.botKey],
    ['SLACK_APP_TOKEN', env.slackAppToken ?? env.slackSigningSecret],
  ],
  worker: (env) => [
    ['REDIS_URL', env.redisUrl],
    ['MESHFERRY_RECORD_KEY', env.recordKeys[0]],
  ],
}

/**
 * ENV_MISSING {name, or?} for each variable that these parts lack; BOT_KEYS_MISSING {setting} for a worker that trusts no bot, and
 * BOT_KEY_NOT_LISTED {setting, publicKey} for a bot that the file's workers would not believe.
 */
export function checkEnvironment(parts: readonly Part[], settings: Settings): string | readonly CodedError[] {
  const { env } = settings
  const unset = parts.flatMap((part) => NEEDED[part](env)).filter(([, value]) => value === undefined)
  const missing = [...new Set(unset.map(([name]) => name))].map((name) => new CodedError('ENV_MISSING', named(name)))
  const found = [...missing, ...(trustsNobody(parts, settings) ? [nobodyTrusted()] : []), ...notListed(parts, settings)]
  return found.length === 0 ? 'complete' : found
}

/** Where bot and worker are one process the worker trusts the bot's own key. */
function trustsNobody(parts: readonly Part[], { botPublicKeys, env }: Settings): boolean {
  return parts.includes('worker') && botPublicKeys.length === 0 && env.botKey === undefined
}

function nobodyTrusted(): CodedError {
  return new CodedError('BOT_KEYS_MISSING', { setting: 'bot.publicKeys' })
}

/** A second "meshferry init" makes another pair: the bot then signs with a key of which its workers never heard. */
function notListed(parts: readonly Part[], { botPublicKeys, env }: Settings): readonly CodedError[] {
  if (!parts.includes('bot') || env.botKey === undefined || botPublicKeys.length === 0) return []
  const publicKey = publicKeyOf(env.botKey)
  return botPublicKeys.includes(publicKey)
    ? []
    : [new CodedError('BOT_KEY_NOT_LISTED', { setting: 'bot.publicKeys', publicKey })]
}

/** Slack comes by Socket Mode or by HTTP, and either has its own. */
function named(name: string): { readonly name: string; readonly or?: string } {
  return name === 'SLACK_APP_TOKEN' ? { name, or: 'SLACK_SIGNING_SECRET' } : { name }
}
