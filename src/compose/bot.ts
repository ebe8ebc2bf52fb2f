import { startChat } from '../chat/start-chat.ts'
import type { ChatSettings } from '../chat/settings.ts'
import { openRequestQueue } from '../jobs/request-queue.ts'
import { startNoticeWorker } from '../jobs/workers.ts'
import type { Clocks } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import { newBotMemory } from '../store/bot-memory.ts'
import { openRedis } from '../store/open-redis.ts'
import { newReadModelReader } from '../store/read-model.ts'
import { putSlackWord } from '../store/slack-word.ts'
import type { PartHealth } from '../web/serve-health.ts'
import { botHealth } from './bot-health.ts'

export type BotParts = {
  readonly settings: ChatSettings
  readonly redisUrl: string
  readonly clocks: Clocks
  readonly log: Log
}

export type RunningBot = {
  readonly port: number | null
  readonly health: () => Promise<PartHealth>
  readonly stop: () => Promise<void>
}

const CLOSE_MS = 5000
/** How often workers hear how Slack takes the bot's calls. */
const WORD_MS = 10_000

/** The bot: Slack on one side, the clusters' queues on the other. It has no rights in any cluster. */
export async function startBot(parts: BotParts): Promise<RunningBot> {
  const { settings, redisUrl, clocks, log } = parts
  const clusters = settings.clusters.map(({ name }) => name)
  const link = await openRedis(redisUrl, log)
  const queue = openRequestQueue(redisUrl, clusters, log)
  const chat = await startChat({
    settings,
    memory: newBotMemory(link.redis),
    queue,
    reader: newReadModelReader(link.redis),
    clocks,
    log,
  }).catch(async (error: unknown) => {
    await Promise.all([queue.close(), link.close()])
    throw error
  })
  const notices = clusters.map((cluster) => {
    const worker = startNoticeWorker({ url: redisUrl, cluster, log }, chat.handleNotice)
    worker.resume()
    return worker
  })
  const tellWorkers = async (): Promise<void> => {
    const { slack } = await chat.health()
    for (const cluster of clusters) await putSlackWord(link.redis, cluster, slack).catch(() => undefined)
  }
  const telling = setInterval(() => void tellWorkers(), WORD_MS)
  void tellWorkers()
  return {
    port: chat.port,
    health: async () => {
      const up = await link.redis.ping().then(
        () => true,
        () => false,
      )
      return botHealth(await chat.health(), up, clocks.machine.now())
    },
    stop: async () => {
      clearInterval(telling)
      await Promise.all(notices.map((worker) => worker.pause()))
      await chat.stop()
      await Promise.all(notices.map((worker) => worker.close(CLOSE_MS)))
      await Promise.all([queue.close(), link.close()])
    },
  }
}
