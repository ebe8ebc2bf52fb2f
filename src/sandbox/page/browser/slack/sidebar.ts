import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { ChannelPart, PageState } from '../../page-state.ts'
import type { Desk, Pane } from '../desk.ts'
import { unreadIn } from './unread.ts'

/** Channels, the direct messages with the bot, and its App Home, with how many messages are new in each. */
export function drawSidebar(page: PageState, desk: Desk): VNode {
  const { channels, bot } = page.workspace
  const open = channels.filter(({ isDirect }) => !isDirect)
  const direct = channels.find(({ isDirect }) => isDirect)
  const row = (channel: ChannelPart): VNode =>
    drawRow(desk, { kind: 'channel', id: channel.id }, nameOf(channel, bot.name), {
      mark: markOf(channel),
      unread: unreadIn(page, desk.seen, channel.id),
    })
  return html`<nav class="sidebar" aria-label="Channels">
    <h2>Channels</h2>
    <ul>
      ${open.map(row)}
    </ul>
    <h2>Messages</h2>
    <ul>
      ${direct === undefined ? html`<li class="none">No direct messages yet</li>` : row(direct)}
    </ul>
    <h2>Apps</h2>
    <ul>
      ${drawRow(desk, { kind: 'home' }, `${bot.name} Home`, { mark: '⌂', unread: 0 })}
    </ul>
  </nav>`
}

function markOf({ isPrivate, isDirect }: ChannelPart): string {
  if (isDirect) return '●'
  return isPrivate ? '◆' : '#'
}

export function nameOf(channel: ChannelPart, bot: string): string {
  return channel.isDirect ? bot : channel.name
}

type Marks = { readonly mark: string; readonly unread: number }

function drawRow(desk: Desk, pane: Pane, name: string, { mark, unread }: Marks): VNode {
  const here = JSON.stringify(desk.pane) === JSON.stringify(pane)
  const open = (): void => {
    desk.change({ pane, thread: null })
    if (pane.kind === 'home') void desk.act({ kind: 'open-home' })
  }
  return html`<li>
    <button
      type="button"
      class="row ${unread > 0 ? 'unread' : ''}"
      aria-current=${here ? 'page' : undefined}
      onClick=${open}
    >
      <span class="row-mark" aria-hidden="true">${mark}</span>
      <span class="row-name">${name}</span>
      ${unread > 0 && html`<span class="badge">${unread > 99 ? '99+' : unread}<span class="for-ears"> new</span></span>`}
    </button>
  </li>`
}
