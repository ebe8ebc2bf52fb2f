import type { Asker, Desk } from './asker.ts'
import { refusal } from './asker.ts'
import { UNOWNED_WORDS } from './command-words.ts'
import { knownName } from './typed-name.ts'
import { linkTo } from './message-link.ts'
import { fromReadModel, knownOf, stragglersOf } from './read-known.ts'
import { unknownTeam } from './unknown-words.ts'
import { approvalsCard, waitingFor } from './views/approvals.ts'
import { type KnownReport, reportCard } from './views/report.ts'
import { statusCard } from './views/status.ts'
import { stragglersCard, teamsIn, type KnownStragglers } from './views/stragglers.ts'

/** Answers `status` from the read model alone: no cluster and no worker is asked. */
export async function showStatus(
  desk: Desk,
  asker: Asker,
  clusters: readonly string[],
  replace = false,
): Promise<void> {
  const known = await knownOf(desk.chat, clusters)
  if (known === null) return desk.refuse(asker, refusal('QUEUE_UNREACHABLE'))
  await desk.say(asker, statusCard(known, await desk.lookOf(asker, known)), replace)
}

/** Answers `approvals`: what waits for this very person, by the memberships they have now. */
export async function showApprovals(desk: Desk, asker: Asker): Promise<void> {
  const person = await desk.chat.people.personOf(asker.user)
  if (!person.ok) return desk.refuse(asker, person.refusal)
  const known = await knownOf(
    desk.chat,
    desk.chat.settings.clusters.map((each) => each.name),
  )
  if (known === null) return desk.refuse(asker, refusal('QUEUE_UNREACHABLE'))
  const statuses = known.flatMap((each) => (each.status ? [each.status] : []))
  const waiting = waitingFor(statuses, person.value, (posted) => linkTo(desk.chat, posted))
  await desk.say(asker, approvalsCard(waiting, await desk.lookOf(asker)))
}

/** Answers `stragglers` from the read model alone. A team's name that is not sure may be the word for what no team owns. */
export async function showStragglers(
  desk: Desk,
  asker: Asker,
  clusters: readonly string[],
  asked: { readonly team: string; readonly isSure: boolean } | null,
): Promise<void> {
  const known = await stragglersOf(desk.chat, clusters)
  if (known === null) return desk.refuse(asker, refusal('QUEUE_UNREACHABLE'))
  if (asked === null) return desk.say(asker, stragglersCard(known, null, await desk.lookOf(asker)))
  const { team, isSure } = asked
  const teams = teamsOf(desk, known)
  const found = knownName(team, teams)
  if (found !== null) return desk.say(asker, stragglersCard(known, { team: found }, await desk.lookOf(asker)))
  if (isSure || !UNOWNED_WORDS.includes(team.toLowerCase())) return unknownTeam(desk, asker, team, known, teams)
  await desk.say(asker, stragglersCard(known, { team: null }, await desk.lookOf(asker)))
}

/** Teams of the settings, and those that have something left. */
function teamsOf({ chat }: Desk, known: readonly KnownStragglers[]): readonly string[] {
  return [...new Set([...chat.settings.teams.flatMap(({ name }) => name ?? []), ...teamsIn(known)])]
}

/** Answers `report` from the read model alone: how the last upgrade of each cluster ended. */
export async function showReport(desk: Desk, asker: Asker, clusters: readonly string[]): Promise<void> {
  const read = async (cluster: string): Promise<KnownReport> => ({
    cluster,
    report: await desk.chat.reader.report(cluster),
  })
  const known = await fromReadModel(desk.chat, Promise.all(clusters.map(read)))
  if (known === null) return desk.refuse(asker, refusal('QUEUE_UNREACHABLE'))
  await desk.say(asker, reportCard(known, desk.chat.settings.command, await desk.lookOf(asker, known)))
}
