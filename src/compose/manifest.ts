import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { appManifest, type ManifestFor } from '../chat/manifest.ts'
import { manifestText } from '../cli/manifest-text.ts'
import { DEFAULTS } from '../config/defaults.ts'
import { readSettings } from '../config/load.ts'
import { CodedError } from '../kernel/errors.ts'

/** Where Bolt listens. */
const PATH = '/slack/events'

/** `meshferry manifest`: the Slack app for the command that meshferry.yaml names, or for the default one without such a file. */
export async function manifest(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { url: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const [strange] = [...Object.keys(values).filter((name) => name !== 'url'), ...positionals]
  if (strange !== undefined)
    throw new CodedError('ARGUMENT_UNKNOWN', { argument: strange, usage: 'manifest [--url https://HOST]' })
  const { url } = values
  console.log(manifestFor({ command: commandOf(), ...(typeof url === 'string' ? { url: eventsUrl(url) } : {}) }))
  return 0
}

/** The file that deploy/ holds is this with no URL and the default command. */
export function manifestFor(app: ManifestFor): string {
  return manifestText(appManifest(app)).trimEnd()
}

/** Throws the first thing that is wrong with the settings; a file that isn't there is nothing wrong. */
function commandOf(): string {
  const { settings, problems } = readSettings(process.env, (path) => readFileSync(path, 'utf8'))
  if (settings) return settings.slackCommand
  const [wrong] = problems.filter(({ code }) => code !== 'CONFIG_MISSING')
  if (wrong) throw new CodedError(wrong.code, wrong.facts)
  return DEFAULTS.command
}

function eventsUrl(given: string): string {
  const url = URL.parse(given)
  if (url?.protocol !== 'https:')
    throw new CodedError('ARGUMENT_UNKNOWN', { argument: given, usage: 'manifest [--url https://HOST]' })
  return url.pathname === '/' ? new URL(PATH, url).href : url.href
}
