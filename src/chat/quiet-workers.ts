import { epochOf } from '../kernel/clock.ts'
import type { Chat } from './chat.ts'
import { slackClient } from './slack-clients.ts'
import { channelLocale, type ChatCluster } from './settings.ts'
import { troubleOf } from './slack-errors.ts'
import { answerCard } from './views/answers.ts'

/** How long one bot may take to say it, before another tries. */
const CLAIM_MS = 30_000

const LIVE: readonly string[] = ['running', 'undoing', 'waiting', 'halted']

/** Says in the channel, once per silence, that an upgrade is under way and no worker has been seen for a minute. */
export async function tellQuietWorkers(chat: Chat): Promise<void> {
  await Promise.all(chat.settings.clusters.map((each) => tellIfQuiet(chat, each)))
}

async function tellIfQuiet(chat: Chat, { name: cluster, channel, fallbackChannel }: ChatCluster): Promise<void> {
  const [status, pulse] = await Promise.all([chat.reader.status(cluster), chat.reader.pulse(cluster)])
  if (!status?.run || !LIVE.includes(status.run.state)) return
  const at = pulse?.at ?? status.at
  if (chat.clocks.machine.now() - epochOf(at) < chat.times.workerQuiet) return
  const silence = `quiet:${cluster}`
  if ((await chat.memory.newest(silence, 0)) >= epochOf(at)) return
  if (!(await chat.memory.claim(silence, CLAIM_MS))) return
  try {
    await tell(chat, [channel, ...(fallbackChannel ? [fallbackChannel] : [])], { cluster, at })
    // Only now: what Slack did not take is said when it is back, if it is still so.
    await chat.memory.newest(silence, epochOf(at))
  } finally {
    await chat.memory.free(silence)
  }
}

/** In the first of these channels that is there. */
async function tell(
  chat: Chat,
  [channel = '', ...others]: readonly string[],
  facts: { readonly cluster: string; readonly at: string },
): Promise<void> {
  const look = await chat.names.lookFor(channelLocale(chat.settings, facts.cluster), facts)
  const { text, blocks } = answerCard({ code: 'WORKER_ALL_QUIET', facts }, 'not', look)
  try {
    await slackClient(chat.settings.botToken, chat.settings.apiUrl, chat.log).chat.postMessage({
      channel,
      text,
      blocks,
    })
  } catch (error) {
    if (others.length === 0 || troubleOf(error).kind !== 'gone') throw error
    await tell(chat, others, facts)
  }
}
