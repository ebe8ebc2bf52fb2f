import type { Desk } from './asker.ts'
import type { Click } from './click.ts'
import { sendRequest } from './requests.ts'

/** A clicked message is not remembered: the workers of the clusters that speak in its channel are asked for theirs; in a team's, all. */
export async function askForAgain({ chat }: Desk, { channel }: Click): Promise<void> {
  const { clusters, teams } = chat.settings
  const isOfTeam = teams.some((each) => each.channel === channel)
  const here = clusters.filter((each) => isOfTeam || [each.channel, each.fallbackChannel].includes(channel))
  await Promise.all(here.map(({ name }) => sendRequest(chat, { cluster: name, ask: { kind: 'repeat' } })))
}
