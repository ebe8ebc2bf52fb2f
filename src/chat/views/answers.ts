import type { Button } from '@slack/types'
import type { Facts } from '../../kernel/errors.ts'
import type { VerdictNotice } from '../../wire/notice.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification } from '../escape.ts'
import { cut } from '../limits.ts'
import { acknowledgeButton } from './acknowledge.ts'
import { actions, button, context, section, type Card } from './blocks.ts'
import { fitted, within } from './fit.ts'
import { bullets } from './lists.ts'
import { put, runBlock, told, type Look } from './look.ts'
import { stopAnswerButton } from './stop-answer.ts'

/** How an answer is meant: it is done, it is at work, or it was not done. */
type Mood = 'done' | 'waiting' | 'not'

const MARKS = { done: 'verdictOk', waiting: 'verdictWaits', not: 'verdictNo' } as const

/** One code as an answer to one person: what happened, what to do, and the code for those who ask for help. */
export function answerCard(coded: { code: string; facts: Facts }, mood: Mood, look: Look, request?: string): Card {
  const { what, next } = told(look, coded)
  const mark = put(look, MARKS[mood])
  return {
    text: notification(`${mark} ${what} ${next}`),
    blocks: [
      section(`${mark} ${cut(what, 1500)}${next ? `\n${cut(next, 1000)}` : ''}`),
      ...(mood === 'not' ? [context(put(look, 'codeLine', { code: coded.code, request }))] : []),
    ],
  }
}

/** The worker's verdict on a request; where several things speak against it, all of them at once. `newer`: the card to use instead. */
export function verdictCard(verdict: VerdictNotice, look: Look, newer: string | null = null): Card {
  if (!verdict.ok && verdict.more.length > 0) return refusedCard(verdict, look)
  const { text, blocks } = answerCard(verdict.said, verdict.ok ? 'done' : 'not', look, requestOf(verdict))
  const [said, ...rest] = blocks
  const back = stopAnswerButton(verdict, look)
  const buttons = [...(back ? [back] : []), ...(newer === null ? [] : [newerButton(newer, look)])]
  return { text, blocks: [...(said ? [said] : []), ...actions(runBlock(verdict.cluster), buttons), ...rest] }
}

function requestOf({ ok, request }: VerdictNotice): string | undefined {
  return ok ? undefined : request
}

function newerButton(url: string, look: Look): Button {
  const text = put(look, 'buttonNewerCard')
  return button({ action: ACTIONS.open, text, value: 'newer', label: text, url })
}

function refusedCard(verdict: VerdictNotice, look: Look): Card {
  const headline = verdict.said.code === 'PLAN_REFUSED'
  const all = [...(headline ? [] : [verdict.said]), ...verdict.more.filter((each) => !same(each, verdict.said))]
  const facts = { cluster: verdict.cluster, n: all.length }
  const again = acknowledgeButton(verdict, look)
  return fitted((room) => {
    const lines = all.map((coded) => {
      const { what, next } = told(look, coded)
      return next ? `${what} ${next}` : what
    })
    const { shown, left } = within(lines, {
      items: Math.max(2, room.items * 2),
      chars: Math.max(120, room.chars * 2),
      prose: 0,
    })
    const rest = left > 0 ? [context(put(look, 'planRefusedMore', { n: left }))] : []
    return {
      text: notification(put(look, 'planRefusedText', facts)),
      blocks: [
        section(put(look, 'planRefusedTitle', facts)),
        ...bullets(shown, 500),
        ...rest,
        ...(again ? actions(ACTIONS.acknowledge, [again]) : []),
        context(put(look, 'codeLine', { code: all.map((each) => each.code), request: verdict.request })),
      ],
    }
  })
}

function same(one: { code: string; facts: Facts }, other: { code: string; facts: Facts }): boolean {
  return one.code === other.code && JSON.stringify(one.facts) === JSON.stringify(other.facts)
}
