import { isoOf } from '../kernel/clock.ts'
import type { RestartFacts } from '../wire/restart-card.ts'
import type { Restart } from '../wire/restarts.ts'
import type { WorkerContext } from './worker-context.ts'

/** The message of one restart: its cards have one place, whatever becomes of it. */
export function messageOfRestart({ run, id }: Pick<Restart, 'run' | 'id'>): string {
  return `${run}.restart.${id}`
}

/** The card of one restart, in the channel of the team that owns the workload. */
export async function sendRestart(ctx: WorkerContext, one: Restart): Promise<void> {
  const { settings, store, queue, clocks } = ctx
  const message = messageOfRestart(one)
  const posted = (await store.messages())[message]
  const team = settings.teams[one.team]
  await queue.addNotice({
    v: 1,
    kind: 'message',
    id: `${message}.${one.revision}`,
    cluster: settings.cluster,
    at: isoOf(clocks.machine.now()),
    message,
    revision: one.revision,
    channel: team?.channel ?? settings.channel,
    fallbackChannel: settings.channel,
    ...(team?.locale ? { locale: team.locale } : {}),
    mention: [],
    card: cardOf(settings.cluster, one),
    ...(posted ? { posted } : {}),
  })
}

function cardOf(cluster: string, one: Restart): RestartFacts {
  const { id, run, from, to, team, workload, by, at, due, state, counts, because, endedAt } = one
  return {
    card: 'restart',
    id,
    cluster,
    run,
    from,
    to,
    team,
    workload,
    by,
    at,
    state,
    ...(due ? { due } : {}),
    ...(counts ? { counts } : {}),
    ...(because ? { because } : {}),
    ...(endedAt ? { endedAt } : {}),
  }
}
