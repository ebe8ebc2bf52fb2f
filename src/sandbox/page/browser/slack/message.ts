import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectsOf, textOf } from '../../../slack-server/json.ts'
import type { MessagePart, PageState } from '../../page-state.ts'
import { drawBlocks } from '../blocks/draw-block.ts'
import type { Show } from '../blocks/show.ts'
import type { Offer } from '../coach/offers.ts'
import type { Desk } from '../desk.ts'
import { drawText } from '../text/draw-text.ts'
import { clockTime } from '../text/format-date.ts'
import { parseMrkdwn } from '../text/parse-mrkdwn.ts'
import { drawFace } from './face.ts'
import { faceOf, namesOf } from './names.ts'

export type MessageLook = {
  readonly page: PageState
  readonly desk: Desk
  /** Follows a message of the same person at nearly the same time. */
  readonly follows: boolean
  /** How many replies there are; 0 within a thread. */
  readonly replies: number
  readonly offer: Offer | null
}

export function drawMessage(message: MessagePart, look: MessageLook): VNode {
  const { page, desk, follows } = look
  const names = namesOf(page)
  const [name, face] = [names.person(message.user), faceOf(page, message.user)]
  const style = `message${message.onlyForMe ? ' ephemeral' : ''}${follows ? ' follows' : ''}`
  const time = clockTime(message.at, names.reader)
  return html`<article
    class=${style}
    key=${message.ts}
    data-ts=${message.ts}
    aria-label=${`${name}, ${time}`}
    lang=${languageOf(message)}
    tabindex="-1"
  >
    ${follows ? html`<span class="face-gap" aria-hidden="true"></span>` : drawFace(face)}
    <div class="message-body">
      ${message.onlyForMe && html`<div class="only-you">Only visible to you</div>`}
      ${!follows && drawHead(name, face.isBot, time)} ${drawContent(message, showOf(message, page, desk))}
      ${message.edits > 0 && message.blocks.length === 0 && html`<span class="edited">(edited)</span>`}
      ${drawOffer(message, look)} ${drawReplies(message, look)}
    </div>
  </article>`
}

/** Read aloud in the language that most of it is in; undefined is the page's own. One Chinese character says as much as several letters. */
function languageOf({ text }: MessagePart): string | undefined {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const letters = text.match(/[a-z]/gi)?.length ?? 0
  return chinese * 3 > letters ? 'zh' : undefined
}

function drawHead(name: string, isBot: boolean, time: string): VNode {
  return html`<div class="message-head">
    <b>${name}</b>${isBot && html`<span class="app-tag">APP</span>`}<time>${time}</time>
  </div>`
}

function showOf(message: MessagePart, page: PageState, desk: Desk): Show {
  const { channel, ts } = message
  return {
    ...namesOf(page),
    key: `${channel}-${ts}`,
    people: page.workspace.people.filter(({ isBot }) => !isBot),
    channels: page.workspace.channels.filter(({ isDirect }) => !isDirect),
    press: (pressed) => desk.press({ kind: 'message', channel, ts }, pressed),
    form: null,
  }
}

/** Blocks where there are any, else the text; attachments after it, behind their colour. */
function drawContent({ blocks, text, attachments }: MessagePart, show: Show): VNode {
  const body =
    blocks.length > 0 ? drawBlocks(blocks, show) : html`<div class="words">${drawText(parseMrkdwn(text), show)}</div>`
  return html`<div class="message-content">
    ${body}
    ${attachments.map((one) => {
      const inner = objectsOf(one['blocks'])
      const words = drawText(parseMrkdwn(textOf(one['text']) || textOf(one['fallback'])), show)
      return html`<div class="attachment">${inner.length > 0 ? drawBlocks(inner, show) : words}</div>`
    })}
  </div>`
}

function drawOffer({ ts, channel }: MessagePart, { offer, desk }: MessageLook): VNode | null {
  if (offer === null || offer.ts !== ts || offer.channel !== channel) return null
  return html`<div class="offer" role="group" aria-label="Go on as somebody else">
    ${offer.people.map(
      ({ user, name, role }) =>
        html`<button type="button" class="button button-offer" title=${role} onClick=${() => desk.be(user)}>
          Continue as ${name}
        </button>`,
    )}
  </div>`
}

function drawReplies({ ts }: MessagePart, { replies, desk }: MessageLook): VNode | null {
  if (replies === 0) return null
  return html`<button type="button" class="replies" onClick=${() => desk.change({ thread: ts })}>
    ${replies === 1 ? '1 reply' : `${replies} replies`}
  </button>`
}
