import type { PageState } from '../../page-state.ts'

type Seen = Readonly<Record<string, number>>

function seenKey(user: string, channel: string): string {
  return `${user} ${channel}`
}

/** Messages of others in this channel since this person last looked. What was there at the start is not new. */
export function unreadIn(page: PageState, seen: Seen, channel: string): number {
  const since = seen[seenKey(page.demo.me, channel)] ?? seen['start'] ?? 0
  return page.messages.filter(
    (message) => message.channel === channel && message.user !== page.demo.me && Number(message.ts) > since,
  ).length
}

/** What is seen once the open channel was looked at; what was there at the very first look is new to nobody. */
export function readNow(page: PageState, seen: Seen, channel: string | undefined): Seen {
  const begun = seen['start'] === undefined ? { ...seen, start: Number(page.messages.at(-1)?.ts ?? 0) } : seen
  if (channel === undefined) return begun
  const newest = Number(page.messages.findLast((message) => message.channel === channel)?.ts ?? 0)
  const key = seenKey(page.demo.me, channel)
  return (begun[key] ?? 0) >= newest ? begun : { ...begun, [key]: newest }
}
