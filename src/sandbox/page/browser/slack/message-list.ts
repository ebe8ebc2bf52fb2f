import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { MessagePart, PageState } from '../../page-state.ts'
import type { Offer } from '../coach/offers.ts'
import type { Desk } from '../desk.ts'
import { dayText } from '../text/format-date.ts'
import { drawMessage } from './message.ts'
import { readerOf } from './names.ts'

export type ListProps = {
  readonly page: PageState
  readonly desk: Desk
  readonly messages: readonly MessagePart[]
  readonly inThread: boolean
  /** What it is called aloud. */
  readonly label: string
  readonly offer: Offer | null
}

/** Messages of one channel or thread, oldest first. Stays at the newest, unless somebody has scrolled up to read. */
export function MessageList({ page, desk, messages, inThread, label, offer }: ListProps): VNode {
  const box = useRef<HTMLDivElement>(null)
  const stick = useRef(true)
  const newest = messages.at(-1)
  useLayoutEffect(() => {
    const element = box.current
    if (element !== null && stick.current) element.scrollTop = element.scrollHeight
  })
  const onScroll = ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    stick.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 60
  }
  return html`<div
    class="messages"
    ref=${box}
    onScroll=${onScroll}
    role="log"
    aria-label=${label}
    aria-live="polite"
    aria-relevant="additions"
    tabindex="0"
  >
    ${messages.length === 0 && html`<p class="nothing">Nothing was said here yet.</p>`}
    ${messages.map((message, index) => {
      const before = messages[index - 1]
      const day = dayText(Number(message.ts) * 1000, readerOf(page))
      const isNewDay = before === undefined || dayText(Number(before.ts) * 1000, readerOf(page)) !== day
      const replies = inThread
        ? 0
        : page.messages.filter(({ threadTs, ts }) => threadTs === message.ts && ts !== message.ts).length
      return html`${isNewDay && html`<div class="day" key=${`day-${message.ts}`}><span>${day}</span></div>`}
      ${drawMessage(message, { page, desk, follows: !isNewDay && follows(message, before), replies, offer })}`
    })}
    <div class="list-end" key=${`end-${newest?.ts ?? ''}`}></div>
  </div>`
}

function follows(message: MessagePart, before: MessagePart | undefined): boolean {
  if (before === undefined || message.onlyForMe || before.onlyForMe) return false
  const small = message.blocks.length === 0 && before.blocks.length === 0
  return small && message.user === before.user && Number(message.ts) - Number(before.ts) < 300
}
