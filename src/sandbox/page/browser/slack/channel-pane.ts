import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { ChannelPart, PageState } from '../../page-state.ts'
import { offerAfter } from '../coach/offers.ts'
import type { Desk } from '../desk.ts'
import { Composer } from './composer.ts'
import { MessageList } from './message-list.ts'
import { nameOf } from './sidebar.ts'

/** One channel: its messages, a thread beside them when one is open, and the box to write in. */
export function drawChannel(channel: ChannelPart, page: PageState, desk: Desk): VNode {
  const here = page.messages.filter((message) => message.channel === channel.id)
  const top = here.filter(({ threadTs, ts }) => threadTs === null || threadTs === ts)
  const offer = offerAfter(page, desk.last)
  const name = `${channel.isDirect ? '' : '#'}${nameOf(channel, page.workspace.bot.name)}`
  return html`<section class="channel" aria-label=${name}>
    <header class="pane-head">
      <h2>${name}</h2>
      <span class="pane-about">${aboutChannel(channel, page)}</span>
    </header>
    <${MessageList}
      key=${`${page.demo.me}-${channel.id}`}
      page=${page}
      desk=${desk}
      messages=${top}
      inThread=${false}
      label=${`Messages in ${name}`}
      offer=${offer}
    />
    <${Composer}
      key=${`box-${page.demo.me}-${channel.id}`}
      page=${page}
      desk=${desk}
      channel=${channel.id}
      name=${name}
      threadTs=${null}
      start=${startOf(channel, page)}
      wantsFocus=${false}
    />
    ${desk.thread !== null && drawThread(desk.thread, channel, page, desk)}
  </section>`
}

function aboutChannel({ id, isDirect, isPrivate }: ChannelPart, page: PageState): string {
  if (id === page.demo.channel) return `decisions about ${page.demo.cluster}`
  if (isDirect) return 'only you see this'
  return isPrivate ? 'private: its members see it' : ''
}

/** The command waits in the cluster's channel until something of the bot's is there. */
function startOf({ id }: ChannelPart, { demo, messages, workspace }: PageState): string {
  const begun = messages.some(({ user, channel }) => user === workspace.bot.user && channel === demo.channel)
  return id === demo.channel && !begun ? `${demo.command} upgrade ${demo.cluster} to ${demo.versions.to}` : ''
}

function drawThread(root: string, channel: ChannelPart, page: PageState, desk: Desk): VNode {
  const messages = page.messages.filter(
    ({ ts, threadTs, channel: where }) => where === channel.id && (ts === root || threadTs === root),
  )
  const close = (): void => {
    desk.change({ thread: null })
    document.querySelector<HTMLElement>(`[data-ts="${root}"] .replies`)?.focus()
  }
  return html`<aside
    class="thread"
    aria-label="Thread"
    onKeyDown=${({ key }: KeyboardEvent) => key === 'Escape' && close()}
  >
    <header class="pane-head">
      <h2>Thread</h2>
      <button type="button" class="icon-button" aria-label="Close thread" onClick=${close}>✕</button>
    </header>
    <${MessageList}
      page=${page}
      desk=${desk}
      messages=${messages}
      inThread=${true}
      label="Messages in this thread"
      offer=${null}
    />
    <${Composer}
      key=${`box-${page.demo.me}-${root}`}
      page=${page}
      desk=${desk}
      channel=${channel.id}
      name="thread"
      threadTs=${root}
      start=""
      wantsFocus=${true}
    />
  </aside>`
}
