import { describe, expect, test } from '@jest/globals'
import { stopVerdict } from '../../../test/gallery/late-entries.ts'
import { approvalSample } from '../../../test/support/phase-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import { whyDecided } from '../../wire/decided-card.ts'
import { ACTIONS } from '../action-ids.ts'
import { answerCard, verdictCard } from './answers.ts'
import { approvalsCard } from './approvals.ts'
import type { Card } from './blocks.ts'

function buttonOf({ blocks }: Card): { action_id?: string; text: { text: string }; value?: string; url?: string } {
  const row = blocks.find(({ type }) => type === 'actions')
  if (row?.type !== 'actions' || row.elements[0]?.type !== 'button') throw new Error('no button')
  return row.elements[0]
}

describe('the answer to stop', () => {
  test('says what new pods get, and offers the way back', () => {
    const card = verdictCard(stopVerdict('switched'), look('en'))
    expect(card.text).toContain('Stopped: nothing new starts. New pods still get 1.31.')
    expect(buttonOf(card)).toMatchObject({
      action_id: ACTIONS.undo,
      text: { text: 'Roll back: new pods get 1.30' },
      value: 'run-01jd9q4t7h0123456789abcdef',
    })
    expect(card.blocks[1]).toMatchObject({ type: 'actions', block_id: 'status.run.prod-a' })
  })

  test('says it in Chinese', () => {
    const card = verdictCard(stopVerdict('switched'), look('zh'))
    expect(card.text).toContain('已停止：不再开始新步骤。新建 Pod 仍使用 1.31。')
    expect(buttonOf(card).text.text).toBe('回退：新建 Pod 使用 1.30')
  })

  test('is truthful before the switch, in its middle and where nothing was changed', () => {
    const installed = verdictCard(stopVerdict('installed'), look('en'))
    expect(installed.text).toContain('New pods still get 1.30.')
    expect(buttonOf(installed).text.text).toBe('Roll back: 1.31 is removed, new pods keep 1.30')
    const middle = verdictCard(stopVerdict('switching'), look('en'))
    expect(middle.text).toContain('New pods get one of 1.30, 1.31: the switch is not done.')
    expect(middle.text).not.toContain('still get')
    const nothing = verdictCard(stopVerdict('nothing'), look('en'))
    expect(nothing.blocks.some(({ type }) => type === 'actions')).toBe(false)
  })
})

describe('a late click', () => {
  const told = (state: Parameters<typeof approvalSample>[1]): string => {
    const decided = whyDecided(approvalSample('usual', state, 'switch'))
    return decided ? answerCard(decided, 'not', look('en')).text : ''
  }

  test.each([
    ['approved', /approved already by Mei, Sam, 2026-11-24 09:00 UTC/],
    ['started', /started already by Lee, 2026-11-24 09:00 UTC/],
    ['rejected', /rejected by Mei, 2026-11-24 09:00 UTC: payment freeze/],
    ['expired', /expired 2026-11-27 09:00 UTC.*ask Lee to/],
    ['superseded', /replaced.*The cluster changed after this card was posted: istiod/],
    ['withdrawn', /withdrawn/],
  ] as const)('on a card that is %s hears what became of it', (state, words) => {
    expect(told(state)).toMatch(words)
  })

  test('on a card that still waits is none', () => {
    expect(whyDecided(approvalSample('usual', 'pending', 'switch'))).toBeNull()
  })

  test('leads to the newer card, where it is known', () => {
    const said = { code: 'CARD_SUPERSEDED', facts: { because: 'POLICY_CHANGED', newer: 'ap-2' } }
    const verdict = { ...stopVerdict('nothing'), ok: false, said }
    const url = 'https://example.slack.com/archives/C0PROD/p1'
    expect(buttonOf(verdictCard(verdict, look('en'), url))).toMatchObject({ url, action_id: ACTIONS.open })
    expect(verdictCard(verdict, look('en')).blocks.some(({ type }) => type === 'actions')).toBe(false)
  })
})

test('what waits for somebody and is not shown is counted', () => {
  const waiting = Array.from({ length: 11 }, () => ({
    facts: approvalSample('usual', 'pending', 'switch'),
    link: null,
  }))
  expect(JSON.stringify(approvalsCard(waiting, look('en')))).toContain('and 3 more that wait for you')
  expect(JSON.stringify(approvalsCard(waiting.slice(0, 8), look('en')))).not.toContain('more that')
})
