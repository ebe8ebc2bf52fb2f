import { isoOf } from '../kernel/clock.ts'
import type { CardFacts } from '../wire/card-facts.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/** A message that is posted once and never edited, in the run's channel, mentioning nobody. Its name makes it the same message. */
export function plainNotice(ctx: WorkerContext, run: Run, message: string, card: CardFacts): MessageNotice {
  return {
    v: 1,
    kind: 'message',
    id: `${message}.1`,
    cluster: run.cluster,
    at: isoOf(ctx.clocks.machine.now()),
    message,
    revision: 1,
    channel: run.channel,
    ...(ctx.settings.fallbackChannel ? { fallbackChannel: ctx.settings.fallbackChannel } : {}),
    mention: [],
    card,
  }
}
