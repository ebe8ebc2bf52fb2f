import type { Chat } from './chat.ts'
import type { Known } from './views/status.ts'
import type { KnownStragglers } from './views/stragglers.ts'
import { withinTime } from './within-time.ts'

/** Status and last sign of life of each cluster, as the workers wrote them; null where Redis gives no answer in time. */
export async function knownOf(chat: Chat, clusters: readonly string[]): Promise<Known[] | null> {
  const read = async (cluster: string): Promise<Known> => {
    const [status, pulse] = await Promise.all([chat.reader.status(cluster), chat.reader.pulse(cluster)])
    return { cluster, status, pulse }
  }
  return fromReadModel(chat, Promise.all(clusters.map(read)))
}

export async function stragglersOf(chat: Chat, clusters: readonly string[]): Promise<KnownStragglers[] | null> {
  const read = async (cluster: string): Promise<KnownStragglers> => ({
    cluster,
    list: await chat.reader.stragglers(cluster),
  })
  return fromReadModel(chat, Promise.all(clusters.map(read)))
}

/** Null, and a line in the log, where Redis gives no answer in time. */
export async function fromReadModel<T>({ times, log }: Chat, reading: Promise<T>): Promise<T | null> {
  return withinTime(reading, times.memory).catch((error: unknown) => {
    log.error('the read model could not be read', { message: String(error) })
    return null
  })
}
