import { afterEach, expect, test } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { lateAnswers, type Try } from '../../../src/chat/late-answers.ts'
import { CHANNEL, chatStage, until, type Stage } from '../../support/chat-stage.ts'

let stage: Stage | null = null

afterEach(async () => {
  await stage?.close()
  stage = null
})

const LATER: Try = { kind: 'later', what: '503' }
const QUICK = { firstMs: 5, maxMs: 20, untilMs: 60_000 }

test('what is answered while Slack is away comes once when it is back', async () => {
  stage = await chatStage()
  const { slack } = stage
  slack.trouble.failNext('response_url', { status: 503 }, 100)
  slack.trouble.failNext('chat.postMessage', { status: 503 }, 100)
  const seen = await slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'help' })
  await wait(3500)
  expect(seen.answers()).toHaveLength(0)
  slack.trouble.clear()
  await until(() => seen.answers().length > 0, 'the answer')
  await wait(2500)
  expect(seen.answers()).toHaveLength(1)
}, 40_000)

test('a newer answer takes the place of one that waits', async () => {
  const sent: string[] = []
  const late = lateAnswers(Date.now, QUICK)
  let isAway = true
  const sending = (what: string) => async (): Promise<Try> => {
    if (isAway) return LATER
    sent.push(what)
    return { kind: 'taken' }
  }
  late.keep('url', sending('sent to the worker'), (what) => sent.push(`lost: ${what}`))
  late.keep('url', sending('done'), (what) => sent.push(`lost: ${what}`))
  late.keep('another url', sending('other'), (what) => sent.push(`lost: ${what}`))
  await wait(60)
  isAway = false
  await until(() => sent.length === 2, 'both answers')
  await wait(60)
  expect(sent.toSorted()).toEqual(['done', 'other'])
})

test('Slack’s own wait is kept, and what never goes is told once', async () => {
  const at: number[] = []
  const lost: string[] = []
  const answers: Try[] = [
    { kind: 'later', what: '429', afterMs: 300 },
    { kind: 'never', what: '404 expired' },
  ]
  const send = async (): Promise<Try> => {
    at.push(Date.now())
    return answers.shift() ?? LATER
  }
  lateAnswers(Date.now, QUICK).keep('url', send, (what) => lost.push(what))
  await until(() => lost.length > 0, 'the loss')
  expect(lost).toEqual(['404 expired'])
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(295)
})

test('nobody waits for an answer that is of no use any more', async () => {
  const lost: string[] = []
  const late = lateAnswers(Date.now, { ...QUICK, untilMs: 50 })
  late.keep(
    'url',
    async () => LATER,
    (what) => lost.push(what),
  )
  await until(() => lost.length > 0, 'the end')
  expect(lost).toEqual(['503'])
})

test('of more answers than are kept the oldest is said to be lost, and is not sent', async () => {
  const sent: string[] = []
  const late = lateAnswers(Date.now, QUICK, 1)
  const keep = (what: string): void =>
    late.keep(
      what,
      async () => {
        sent.push(what)
        return { kind: 'taken' }
      },
      (why) => sent.push(`${what} lost: ${why}`),
    )
  keep('first')
  keep('second')
  await until(() => sent.length === 2, 'both')
  expect(sent).toEqual(['first lost: too many answers wait', 'second'])
})
