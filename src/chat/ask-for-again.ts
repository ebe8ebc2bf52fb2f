import type { Refusal } from '../kernel/errors.ts'
import type { ChatParts } from './chat.ts'
import { sendRequest } from './requests.ts'
import type { ChatSettings } from './settings.ts'

/** A worker that is asked sends all it knows. Cards of an upgrade that is long over never come again, however often they are clicked. */
const AGAIN_MS = 10_000

type Asking = Pick<ChatParts, 'settings' | 'memory' | 'queue' | 'clocks' | 'log'>

/**
 * For a clicked message of this channel that is not remembered: asks the workers for theirs, each at most once in ten seconds. QUEUE_UNREACHABLE
 * where one could not be asked, else null.
 */
export type AskAgain = (channel: string) => Promise<Refusal | null>

export function askAgainOf(chat: Asking): AskAgain {
  const asked = new Map<string, number>()
  const ask = async (cluster: string): Promise<Refusal | null> => {
    const now = chat.clocks.machine.now()
    const last = asked.get(cluster)
    if (last !== undefined && now - last < AGAIN_MS) return null
    asked.set(cluster, now)
    const sent = await sendRequest(chat, { cluster, ask: { kind: 'repeat' } })
    if (sent.ok) return null
    asked.delete(cluster)
    return sent.refusal
  }
  return async (channel) => {
    const said = await Promise.all(speakingIn(chat.settings, channel).map(ask))
    return said.find((why) => why !== null) ?? null
  }
}

/** Clusters that speak in a channel: in a team's any may, and so in one that the settings name no more. */
export function speakingIn({ clusters, teams }: ChatSettings, channel: string): readonly string[] {
  const here = clusters.filter((each) => [each.channel, each.fallbackChannel].includes(channel))
  const isOfOne = here.length > 0 && !teams.some((each) => each.channel === channel)
  return (isOfOne ? here : clusters).map(({ name }) => name)
}
