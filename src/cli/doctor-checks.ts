import type { ReadSettings } from '../config/load.ts'
import { everybodyIn, type Settings } from '../config/settings.ts'
import { CodedError } from '../kernel/errors.ts'
import { NEEDED_SCOPES } from '../wire/slack-scopes.ts'
import type { DoctorAsked } from './doctor-arguments.ts'
import { clusterChecks, type ClusterParts } from './doctor-cluster.ts'
import { checkEnvironment } from './doctor-environment.ts'
import type { Check } from './doctor.ts'

/** Slack's answer to auth.test, with the scopes of the bot token (header x-oauth-scopes). */
type SlackIdentity = { readonly team: string; readonly bot: string; readonly scopes: readonly string[] }

export type DoctorParts = {
  readonly read: ReadSettings
  /** Connects, pings, closes; REDIS_UNREACHABLE. Gives the host. */
  readonly redis: (settings: Settings) => Promise<string>
  readonly slack: (settings: Settings) => Promise<SlackIdentity>
  /** Tries the app token, by which the bot connects in Socket Mode. */
  readonly slackSocket: (settings: Settings) => Promise<void>
  /** What of these channels, users and groups doesn't hold in Slack. */
  readonly slackPlaces: (settings: Settings, ids: SlackIds) => Promise<readonly CodedError[]>
  /** May throw (KUBECONFIG_MISSING …); asked only when its group comes. */
  readonly cluster: (settings: Settings, name: string) => Promise<ClusterParts>
}

/**
 * The groups for `runDoctor`: settings, environment and Redis for either part, Slack for the bot, the clusters for the worker.
 * Broken settings end it: nothing else can be asked without them.
 */
export async function doctorChecks(parts: DoctorParts, asked: DoctorAsked): Promise<readonly (readonly Check[])[]> {
  const { settings: all, problems } = parts.read
  if (!all) {
    return [[{ about: 'settings', run: async () => problems.map(({ code, facts }) => new CodedError(code, facts)) }]]
  }
  const settings = ofCluster(all, asked.cluster)
  return [
    [
      { about: 'settings', run: async () => settings.file },
      { about: 'environment', run: async () => checkEnvironment(asked.parts, settings) },
    ],
    [{ about: 'redis', run: () => parts.redis(settings) }],
    ...(asked.parts.includes('bot') ? [slackGroup(parts, settings), socketGroup(parts, settings)] : []),
    ...(asked.parts.includes('worker') ? await clusterGroups(parts, settings) : []),
  ]
}

/** The settings as if the file named this cluster alone. Throws CLUSTER_UNKNOWN {typed, clusters}. */
function ofCluster(settings: Settings, name: string | undefined): Settings {
  if (name === undefined) return settings
  const own = settings.clusters[name]
  if (!own) throw new CodedError('CLUSTER_UNKNOWN', { typed: name, clusters: Object.keys(settings.clusters) })
  return { ...settings, clusters: { [name]: own } }
}

/** Without a token there is nobody to ask; that it is missing is said with the environment. */
function slackGroup(parts: DoctorParts, settings: Settings): readonly Check[] {
  if (settings.env.slackBotToken === undefined) return []
  return [
    { about: 'slack', run: () => checkSlack(parts, settings), first: true },
    { about: 'slack channels and people', run: () => checkPlaces(parts, settings) },
  ]
}

/** The app token beats the signing secret (chat/settings.ts, deliveryFrom); by HTTP there is nothing to try. */
function socketGroup(parts: DoctorParts, settings: Settings): readonly Check[] {
  if (settings.env.slackAppToken === undefined) return []
  return [{ about: 'slack socket', run: () => parts.slackSocket(settings).then(() => 'SLACK_APP_TOKEN') }]
}

async function checkPlaces(parts: DoctorParts, settings: Settings): Promise<string | readonly CodedError[]> {
  const ids = slackIdsOf(settings)
  const troubles = await parts.slackPlaces(settings, ids)
  return troubles.length > 0 ? troubles : `${ids.channels.length + ids.people.length}`
}

type SlackIds = { readonly channels: readonly string[]; readonly people: readonly string[] }

/** Everybody and every channel that the file names, each once. */
function slackIdsOf({ clusters, teams, unowned }: Settings): SlackIds {
  const all = Object.values(clusters)
  const channels = all.flatMap(({ channel, fallbackChannel }) => [
    channel,
    ...(fallbackChannel ? [fallbackChannel] : []),
  ])
  const people = all.flatMap(({ approvals, requestsFrom, alarmMention }) => [
    ...everybodyIn(approvals),
    ...requestsFrom,
    ...alarmMention,
  ])
  const known = [...Object.values(teams), ...(unowned ? [unowned] : [])]
  return {
    channels: [...new Set([...channels, ...known.map(({ channel }) => channel)])],
    people: [
      ...new Set([
        ...people,
        ...known.flatMap(({ contact, members = [] }) => [...(contact ? [contact] : []), ...members]),
      ]),
    ],
  }
}

function clusterGroups(parts: DoctorParts, settings: Settings): Promise<readonly (readonly Check[])[]> {
  return Promise.all(Object.keys(settings.clusters).map((name) => clusterGroup(parts, settings, name)))
}

async function clusterGroup(parts: DoctorParts, settings: Settings, name: string): Promise<readonly Check[]> {
  try {
    return clusterChecks(await parts.cluster(settings, name))
  } catch (error) {
    return [{ about: `${name} kube`, run: () => Promise.reject(error) }]
  }
}

async function checkSlack(parts: DoctorParts, settings: Settings): Promise<string | readonly CodedError[]> {
  const { team, bot, scopes } = await parts.slack(settings)
  const missing = Object.keys(NEEDED_SCOPES).filter((scope) => !scopes.includes(scope))
  if (missing.length > 0) return missing.map((scope) => new CodedError('SLACK_SCOPE_MISSING', { scope }))
  return `${bot} @ ${team}`
}
