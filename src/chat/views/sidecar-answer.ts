import type { SectionBlock } from '@slack/types'
import type { VerdictNotice } from '../../wire/notice.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { ACTIONS } from '../action-ids.ts'
import { mrkdwnWithin, notification } from '../escape.ts'
import { cut, LIMITS } from '../limits.ts'
import { context, plain, rawContext, section, type Card } from './blocks.ts'
import { fitted, prose } from './fit.ts'
import { bullets } from './lists.ts'
import { line, put, told, type Look } from './look.ts'

/** More lines than this are no small list. */
const LINES = 14

const NOT: readonly string[] = ['SIDECAR_NOT_SAME', 'SIDECAR_NOT_CONTAINER', 'SIDECAR_NOT_OLD_ONLY']
const MAYBE: readonly string[] = ['SIDECAR_MAYBE_PROXY', 'SIDECAR_MAYBE_APP', 'SIDECAR_MAYBE_INJECTION']

/** The verdict in plain words, what it rests on, and whom to ask. */
export function sidecarCard({ said, more, cluster }: VerdictNotice, look: Look): Card {
  const { what, next } = told(look, said)
  const { workload, at } = said.facts
  const mark = put(look, markOf(said.code))
  const title =
    typeof workload === 'string' ? [section(put(look, 'sidecarTitle', { workload: shownOf(workload), cluster }))] : []
  return fitted((room) => {
    const lines = more.slice(0, Math.max(4, Math.round((LINES * room.items) / 8))).map((one) => line(look, one))
    const seen = lines.length > 0 ? [section(put(look, 'sidecarSeen', { at })), ...bullets(lines, room.chars * 2)] : []
    return {
      text: notification(`${mark} ${what} ${next}`),
      blocks: [...title, section(`${mark} ${prose(what, next, room)}`), ...seen, callBlock(said.facts, look)],
    }
  })
}

function markOf(code: string): PhraseKey {
  if (NOT.includes(code)) return 'sidecarMarkNot'
  if (MAYBE.includes(code)) return 'sidecarMarkMaybe'
  return code === 'SIDECAR_NO_DIFFERENCE' ? 'sidecarMarkSame' : 'sidecarMarkUnknown'
}

/** The channel as a link, which mentions nobody; only an id that is one, so that nothing else can stand in it. */
function callBlock({ by, channel }: VerdictNotice['said']['facts'], look: Look) {
  const who = typeof by === 'string' ? put(look, 'sidecarCall', { by: look.name(by) }) : ''
  const isChannel = typeof channel === 'string' && /^[CG][A-Z0-9]{2,}$/.test(channel)
  const where = isChannel ? put(look, 'sidecarCallChannel', { channel: '%' }).replace('%', `<#${channel}>`) : ''
  const drawn = [who, put(look, 'sidecarReadOnly')].map((text) => mrkdwnWithin(text, LIMITS.contextText))
  return rawContext(drawn[0] ?? '', where, drawn[1] ?? '')
}

/** Which of a team's workloads? Each option holds only its place in the list that the bot kept under this id. */
export function sidecarChoice(
  choice: { readonly id: string; readonly team: string; readonly cluster: string },
  workloads: readonly string[],
  more: number,
  look: Look,
): Card {
  const { id, ...about } = choice
  const { what, next } = told(look, { code: 'SIDECAR_WHICH', facts: about })
  const chooser: SectionBlock = {
    ...section(`*${cut(what, 500)}*\n${next}`),
    accessory: {
      type: 'static_select',
      action_id: ACTIONS.sidecarWhich,
      placeholder: plain(put(look, 'sidecarChoose'), LIMITS.buttonText),
      options: workloads.map((key, index) => ({
        text: plain(shownOf(key), LIMITS.buttonText),
        value: `${id}.${index}`,
      })),
    },
  }
  const rest = more > 0 ? [context(put(look, 'sidecarChooseMore', { n: workloads.length, more }))] : []
  return { text: notification(`${what} ${next}`), blocks: [chooser, ...rest] }
}

/** Its name first, since what is cut is the end. */
function shownOf(key: string): string {
  const [namespace = '', kind = '', name = ''] = key.split('/')
  return `${name} (${kind}, ${namespace})`
}
