import type { Asker, Desk } from './asker.ts'
import { refusal } from './asker.ts'
import { withinTime } from './within-time.ts'
import { approvalsCard, waitingFor } from './views/approvals.ts'
import { statusCard, type Known } from './views/status.ts'

/** Answers `status` from the read model alone: no cluster and no worker is asked. */
export async function showStatus(
  desk: Desk,
  asker: Asker,
  clusters: readonly string[],
  replace = false,
): Promise<void> {
  const known = await knownOf(desk, clusters)
  if (known === null) return desk.refuse(asker, refusal('QUEUE_UNREACHABLE'))
  await desk.say(asker, statusCard(known, await desk.lookOf(asker, known)), replace)
}

/** Answers `approvals`: what waits for this very person, by the memberships they have now. */
export async function showApprovals(desk: Desk, asker: Asker): Promise<void> {
  const person = await desk.chat.people.personOf(asker.user)
  if (!person.ok) return desk.refuse(asker, person.refusal)
  const known = await knownOf(
    desk,
    desk.chat.settings.clusters.map((each) => each.name),
  )
  if (known === null) return desk.refuse(asker, refusal('QUEUE_UNREACHABLE'))
  const statuses = known.flatMap((each) => (each.status ? [each.status] : []))
  const waiting = waitingFor(statuses, person.value, (posted) => linkOf(desk, posted))
  await desk.say(asker, approvalsCard(waiting, await desk.lookOf(asker)))
}

async function knownOf(desk: Desk, clusters: readonly string[]): Promise<Known[] | null> {
  const { reader, times, log } = desk.chat
  const read = async (cluster: string): Promise<Known> => {
    const [status, pulse] = await Promise.all([reader.status(cluster), reader.pulse(cluster)])
    return { cluster, status, pulse }
  }
  return withinTime(Promise.all(clusters.map(read)), times.memory).catch((error: unknown) => {
    log.error('the read model could not be read', { message: String(error) })
    return null
  })
}

function linkOf(desk: Desk, posted: { channel: string; ts: string }): string {
  return new URL(`archives/${posted.channel}/p${posted.ts.replace('.', '')}`, desk.chat.own.url).href
}
