import type { PageState } from '../../page-state.ts'

type Seen = Readonly<Record<string, number>>

export function seenKey(user: string, channel: string): string {
  return `${user} ${channel}`
}

/** Messages of others in this channel since this person last looked. What was there at the start is not new. */
export function unreadIn(page: PageState, seen: Seen, channel: string): number {
  const since = seen[seenKey(page.demo.me, channel)] ?? seen['start'] ?? 0
  return page.messages.filter(
    (message) => message.channel === channel && message.user !== page.demo.me && Number(message.ts) > since,
  ).length
}

/** How far this channel is read; null where that is known already. */
export function readUpTo(page: PageState, seen: Seen, channel: string): Seen | null {
  const newest = Number(page.messages.findLast((message) => message.channel === channel)?.ts ?? 0)
  const key = seenKey(page.demo.me, channel)
  return (seen[key] ?? 0) >= newest ? null : { ...seen, [key]: newest }
}
