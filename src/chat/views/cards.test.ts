import { describe, expect, test } from '@jest/globals'
import { everyCard, PLACE } from '../../../test/gallery/card-entries.ts'
import { troublesOf } from '../../../test/support/card-limits.ts'
import {
  alarmSample,
  digestSample,
  previewSample,
  teamSample,
  unownedSample,
  waitSample,
} from '../../../test/support/card-samples.ts'
import { approvalSample } from '../../../test/support/phase-samples.ts'
import { look, type Size } from '../../../test/support/sample-size.ts'
import type { CardFacts } from '../../wire/card-facts.ts'
import { CARD_STATES } from '../../wire/run.ts'
import { NOTIFICATION_HEAD } from '../limits.ts'
import { buttonsOf, drawCard, withMentions, withNote } from './card.ts'
import { planModal } from './plan-modal.ts'

const LOCALES = ['en', 'zh'] as const
const SIZES: readonly Size[] = ['usual', 'worst']

const CASES = LOCALES.flatMap((locale) =>
  SIZES.flatMap((size) =>
    everyCard(size).map(([name, facts]) => ({ name: `${name}, ${locale}, ${size}`, locale, facts })),
  ),
)

/** Every string that a person reads, wherever it stands. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner),
  )
}

describe('every card in every state, language and size', () => {
  test.each(CASES)('$name has no hole in its words', ({ locale, facts }) => {
    const words = textsOf(drawCard(facts, look(locale), PLACE))
      .join(' ')
      .replaceAll(/\{date_short_pretty\}( \{time\})?/g, '')
    expect(words).not.toMatch(/\[\[|\]\]|\{\w+\}|[ (（]\?[ )），.]/)
  })

  test.each(CASES)('$name names cluster and versions', ({ locale, facts }) => {
    const drawn = JSON.stringify(drawCard(facts, look(locale), PLACE))
    expect(drawn).toContain(facts.cluster)
    // Which versions it is about stands in the record that can't be believed.
    const versions = facts.card === 'record' ? [] : [facts.to.version]
    for (const version of versions) expect(drawn).toContain(version)
  })
})

describe('the approval card', () => {
  test.each([
    ['pending', ['approval.approve', 'approval.reject', 'approval.plan']],
    ['approved', ['approval.start', 'approval.reject', 'approval.plan']],
    ['started', ['approval.plan']],
    ['rejected', ['approval.reask', 'approval.plan']],
    ['expired', ['approval.reask', 'approval.plan']],
    ['superseded', []],
    ['withdrawn', []],
  ] as const)('offers in state %s only %j', (state, expected) => {
    expect(buttonsOf(drawCard(approvalSample('usual', state, 'switch'), look('en'), PLACE))).toEqual(expected)
  })

  test.each(LOCALES)('says the risk within the head of the notification, %s', (locale) => {
    for (const size of SIZES) {
      const { text } = drawCard(approvalSample(size, 'pending', 'switch'), look(locale), PLACE)
      expect([...text].slice(0, NOTIFICATION_HEAD).join('')).toMatch(/No pod restarts|不重启任何 Pod/)
    }
  })

  test('reads like the design says', () => {
    const { text } = drawCard(approvalSample('usual', 'pending', 'switch'), look('en'), PLACE)
    expect(text).toBe('prod-a: switch to Istio 1.31.0? No pod restarts. Undo 10 s. 0 of 2 approved.')
  })

  test('asks once more before it approves, and carries id and revision', () => {
    const card = drawCard(approvalSample('usual', 'pending', 'install'), look('en'), PLACE)
    const last = card.blocks.find(({ type }) => type === 'actions')
    if (last?.type !== 'actions' || last.elements[0]?.type !== 'button') throw new Error('no buttons')
    expect(last.block_id).toBe('act.ap-01jd9q4t7h0123456789abcdef.3')
    expect(last.elements[0].value).toBe('ap-01jd9q4t7h0123456789abcdef.3')
    expect(last.elements[0].confirm?.text.text).toContain('custom resource definitions stay')
  })

  test('counts decisions and says what is not undone and not checked', () => {
    const drawn = JSON.stringify(drawCard(approvalSample('usual', 'pending', 'switch'), look('en'), PLACE))
    expect(drawn).toContain('Approval 2 of 4 needed')
    expect(drawn).toContain('Not undone')
    expect(drawn).toContain('Not checked by this version')
    expect(drawn).toContain('<!subteam^S0MESH>')
  })

  test('mentions nobody once it is decided', () => {
    for (const state of CARD_STATES.filter((each) => each !== 'pending')) {
      const drawn = JSON.stringify(drawCard(approvalSample('usual', state, 'switch'), look('en'), PLACE))
      expect(drawn).not.toMatch(/<!subteam|<@/)
    }
  })
})

describe('the deadline', () => {
  const DAY = '2026-12-04'
  /** As a client shows it that can't draw dates. */
  const drawn = (facts: CardFacts, locale: 'en' | 'zh'): string =>
    textsOf(drawCard(facts, look(locale), PLACE))
      .join('\n')
      .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')

  test.each([
    [12, '12 days to the deadline, 2026-12-04.', '距截止日 2026-12-04 还有 12 天。'],
    [1, '1 day to the deadline, 2026-12-04.', '距截止日 2026-12-04 还有 1 天。'],
    [0, 'The deadline is today, 2026-12-04.', '今天（2026-12-04）是截止日。'],
    [-3, 'The deadline was 3 days ago, 2026-12-04.', '截止日 2026-12-04 已过 3 天。'],
  ])('stands on the digest and the card of the long wait: %i days away', (days, en, zh) => {
    const deadline = { day: DAY, days }
    for (const facts of [
      { ...digestSample('usual', false), deadline },
      { ...waitSample('usual'), deadline },
    ]) {
      expect(drawn(facts, 'en')).toContain(en)
      expect(drawn(facts, 'zh')).toContain(zh)
    }
  })

  test.each([
    [
      0,
      '*Please redeploy 2 services (12 pods) by 2026-12-04.*\nThe same version is fine, no code change.',
      '请在 2026-12-04 前',
    ],
    [
      -1,
      '*The deadline was 2026-12-04: please redeploy 2 services (12 pods) when you can.*\nThe same',
      '截止日 2026-12-04 已过',
    ],
  ])('is what a reminder asks for, also in its notification: %i days away', (days, en, zh) => {
    const facts = { ...teamSample('usual', 'nudge'), deadline: { day: DAY, days } }
    expect(drawn(facts, 'en')).toContain(en)
    expect(drawn(facts, 'zh')).toContain(zh)
    expect(drawCard(facts, look('en'), PLACE).text).toMatch(/the sidecar of Istio 1\.30\.0\. .*2026-12-04/)
  })

  test('is asked of nobody who said that it is not theirs, and nowhere where none is set; a reminder asks all the same', () => {
    expect(drawn(teamSample('usual', 'nudge'), 'en')).toMatch(
      /Please redeploy 2 services \(12 pods\) when it suits you/,
    )
    const disowned = { ...teamSample('usual', 'nudge', 'not-ours'), deadline: { day: DAY, days: 3 } }
    expect(drawn(disowned, 'en')).not.toMatch(/redeploy .* by/)
    for (const facts of [digestSample('usual', false), waitSample('usual'), teamSample('usual', 'nudge')]) {
      expect(drawn(facts, 'en')).not.toMatch(/deadline|Please redeploy .* by/)
    }
  })
})

describe('what no team owns', () => {
  const drawn = (kind: 'told' | 'nudge', locale: 'en' | 'zh'): string =>
    textsOf(drawCard(unownedSample('usual', kind), look(locale), PLACE)).join('\n')

  test('is listed from the first message on, with what to do: a label, or a redeploy', () => {
    for (const kind of ['told', 'nudge'] as const) {
      expect(drawn(kind, 'en')).toMatch(/No team is named on these workloads[^]+`team`[^]+redeploy them[^]+pay\/api-0/)
      expect(drawn(kind, 'zh')).toMatch(/没有注明团队[^]+`team`[^]+重新发布[^]+pay\/api-0/)
    }
  })

  test('can be put off, and is never not ours', () => {
    const offered = (kind: 'told' | 'nudge') => buttonsOf(drawCard(unownedSample('usual', kind), look('en'), PLACE))
    expect([offered('told'), offered('nudge')]).toEqual([[], ['team.more']])
    const menu = JSON.stringify(drawCard(unownedSample('usual', 'nudge'), look('en'), PLACE))
    expect(menu).toContain('Remind us on 2026-11-25')
    expect(menu).not.toContain('Not ours')
  })
})

describe('what a team can say', () => {
  const offered = (facts: CardFacts): readonly string[] => buttonsOf(drawCard(facts, look('en'), PLACE))

  test('at the switch: that something is wrong; to a reminder also when again, or that it is not theirs', () => {
    expect(offered(teamSample('usual', 'told'))).toEqual(['team.sidecar', 'team.tell-platform'])
    expect(offered(teamSample('usual', 'nudge'))).toEqual(['team.sidecar', 'team.tell-platform', 'team.more'])
    const drawn = JSON.stringify(drawCard(teamSample('usual', 'nudge'), look('zh'), PLACE))
    expect(drawn).toMatch(/2026-11-25 再提醒[^]+2026-12-05 再提醒[^]+不属于我们/)
  })

  test('ways to get help and to take it back once it is answered; nothing when it is done or followed by a newer one', () => {
    for (const kind of ['snooze', 'not-ours'] as const) {
      const answered = teamSample('usual', 'nudge', kind)
      expect(offered(answered)).toEqual(['team.sidecar', 'team.tell-platform', 'team.more'])
      const menu = JSON.stringify(drawCard(answered, look('en'), PLACE))
      expect(menu).toContain('Take the answer back')
      expect(menu).not.toContain('Remind us on')
    }
    expect(offered(teamSample('usual', 'done'))).toEqual([])
    const replaced = drawCard({ ...teamSample('usual', 'nudge'), replaced: true }, look('en'), PLACE)
    expect(buttonsOf(replaced)).toEqual([])
    expect(textsOf(replaced).join(' ')).toMatch(/See the newer reminder/)
    const gone = drawCard({ ...teamSample('usual', 'nudge'), replaced: true, gone: true }, look('en'), PLACE)
    expect([buttonsOf(gone), textsOf(gone).join(' ')]).toEqual([
      [],
      expect.stringMatching(/There is nothing to do for Istio 1\.31\.0/),
    ])
    const over = drawCard({ ...teamSample('usual', 'nudge'), replaced: true, over: true }, look('en'), PLACE)
    expect(buttonsOf(over)).toEqual([])
    expect(textsOf(over).join(' ')).toMatch(/nobody is asked to move to Istio 1\.31\.0 any more/)
  })

  test('the first reminders have one button, and none once they were sent', () => {
    expect(offered(previewSample('usual', 'held'))).toEqual(['nudges.send'])
    expect([...offered(previewSample('usual', 'sent')), ...offered(previewSample('usual', 'nobody'))]).toEqual([])
    const text = textsOf(drawCard(previewSample('usual', 'held'), look('en'), PLACE)).join(' ')
    expect(text).toMatch(/none leaves before somebody presses[^]+payments: 3 services, 12 pods[^]+Please redeploy/)
  })
})

describe('around a card', () => {
  const card = drawCard(alarmSample('worst', false), look('zh'), PLACE)

  test('a mention line of the first post', () => {
    const mentioned = withMentions(card, look('zh'), ['S0ONCALL', 'U0LEE'])
    expect(troublesOf(mentioned)).toEqual([])
    expect(JSON.stringify(mentioned)).toContain('<!subteam^S0ONCALL> <@U0LEE>')
  })

  test('a note', () => {
    expect(troublesOf(withNote(card, 'moved'))).toEqual([])
  })
})

describe('the modals', () => {
  test('the plan shows the exact commands, the way back, all checks and what was not checked', () => {
    const drawn = JSON.stringify(planModal(approvalSample('usual', 'pending', 'switch'), look('en')))
    expect(drawn).toContain('istioctl tag set prod-stable --revision 1-31-0 --overwrite')
    expect(drawn).toContain('kubectl apply -f undo.yaml')
    expect(drawn).toContain('changes of custom resource definitions')
  })
})
