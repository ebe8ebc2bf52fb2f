import { describe, expect, test } from '@jest/globals'
import { PLACE } from '../../../test/gallery/card-entries.ts'
import { approvalSample } from '../../../test/support/phase-samples.ts'
import { look, type Size } from '../../../test/support/sample-size.ts'
import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { PHASES } from '../../wire/names.ts'
import type { Block } from './blocks.ts'
import { drawCard } from './card.ts'

const LOCALES = ['en', 'zh'] as const
const SIZES: readonly Size[] = ['usual', 'worst']
const CASES = LOCALES.flatMap((locale) =>
  SIZES.flatMap((size) => PHASES.map((phase) => ({ locale, size, phase, name: `${phase}, ${locale}, ${size}` }))),
)

const WARNED = { code: 'TAGS_STAY', facts: { tags: ['canary'], from: 'default' } }
const FROZEN = { code: 'FROZEN', facts: { why: 'year end' } }

function textOf(block: Block | undefined): string {
  return JSON.stringify(block ?? null)
}

function drawn(facts: ApprovalFacts, locale: 'en' | 'zh' = 'en'): readonly Block[] {
  return drawCard(facts, look(locale), PLACE).blocks
}

function aboveButtons(blocks: readonly Block[]): readonly Block[] {
  return blocks.slice(
    0,
    blocks.findIndex(({ type }) => type === 'actions'),
  )
}

const PHONE = { width: 300, height: 740, around: 190 }

/** As a phone of 360 px draws it: what the app needs around messages, and each text in lines of its size. */
function heightOf(block: Block): number {
  if (block.type === 'header') return linesOf(block.text.text, 9.5) * 25 + 10
  if (block.type === 'section' && block.text) return linesOf(block.text.text, 7.8) * 22 + 10
  throw new TypeError(`nobody measured a block of type ${block.type}`)
}

function linesOf(text: string, px: number): number {
  const wide = (char: string): number => (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(char) ? 2 : 1)
  return text
    .split('\n')
    .map((one) => Math.ceil(([...one].reduce((sum, char) => sum + wide(char), 0) * px) / PHONE.width))
    .reduce((sum, lines) => sum + lines, 0)
}

describe('an approval card on a phone', () => {
  test.each(CASES)('$name has its buttons on the first screen', ({ locale, size, phase }) => {
    const above = aboveButtons(drawn(approvalSample(size, 'pending', phase), locale))
    const used = above.map(heightOf).reduce((sum, height) => sum + height, PHONE.around + 45)
    expect(used).toBeLessThanOrEqual(PHONE.height)
  })

  test.each(CASES)('$name goes from the verdict to the buttons in one order', ({ locale, size, phase }) => {
    const blocks = drawn(approvalSample(size, 'pending', phase), locale)
    expect(blocks.slice(0, 6).map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'actions',
      'context',
      'section',
    ])
    expect(textOf(blocks[1])).toContain('1.31.0')
    expect(textOf(blocks[2])).toMatch(/0 restarts|0 次重启/)
    expect(textOf(blocks[3])).toMatch(/approval\.approve.*approval\.reject.*approval\.plan/)
    expect(textOf(blocks[4])).toMatch(/If nobody decides until then|到时若无人决定/)
    expect(blocks[5]).toHaveProperty('fields')
  })
})

describe('what is at stake', () => {
  const stakes = (change: Partial<ApprovalFacts>, phase: (typeof PHASES)[number] = 'switch'): string =>
    textOf(drawn({ ...approvalSample('usual', 'pending', phase), ...change })[2])

  test('is how many teams and pods it concerns, and that none is restarted', () => {
    expect(stakes({})).toContain('*17 teams, 412 pods, 0 restarts*')
    expect(stakes({ reach: { teams: 1, pods: 1, unowned: 1, unknown: 0 } })).toContain(
      '*1 team, 1 pod, 0 restarts*; 1 of the pods has no team',
    )
  })

  test('is never zero where nobody could count', () => {
    const { reach: _, ...uncounted } = approvalSample('usual', 'pending', 'switch')
    const text = textOf(drawn(uncounted)[2])
    expect(text).toContain('could not be counted')
    expect(text).not.toMatch(/\b0 (teams|pods)/)
    expect(stakes({ reach: { teams: 0, pods: 0, unowned: 0, unknown: 3 } }, 'retire')).toContain('3 more pods')
  })

  test('is the worst that was found: a closed gate before a warning before nothing', () => {
    const both = stakes({ blocked: [FROZEN], warnings: [WARNED] })
    expect(both).toMatch(/⛔ There is a freeze now: year end\..* \(1 more below\)/)
    expect(both).not.toContain('⚠️')
    expect(stakes({ warnings: [WARNED] })).toContain('⚠️')
    expect(stakes({})).toContain('✅ Nothing speaks against it: 3 checks passed; 2 not made by this version')
  })

  test('is what cannot be undone, before anything can be pressed, and once', () => {
    const blocks = drawn(approvalSample('usual', 'pending', 'retire'))
    expect(textOf(blocks[2])).toContain('❗ Not undone: after 7 days it cannot be put back')
    expect(blocks.filter((block) => textOf(block).includes('Not undone'))).toHaveLength(1)
    expect(stakes({})).not.toContain('Not undone')
  })
})

describe('who decides', () => {
  test('is told until when, and what becomes of it if nobody does', () => {
    const of = (state: 'pending' | 'approved'): string => textOf(drawn(approvalSample('usual', state, 'switch'))[4])
    expect(of('pending')).toMatch(/Decide by <!date.*If nobody decides until then, the card lapses and nothing changes/)
    expect(of('approved')).toMatch(/Start by <!date.*If nobody presses Start until then, the approval lapses/)
  })

  test('is not asked of anybody on a card that ended', () => {
    for (const state of ['rejected', 'expired', 'superseded', 'withdrawn', 'started'] as const) {
      expect(JSON.stringify(drawn(approvalSample('usual', state, 'switch')))).not.toMatch(/Decide by|Start by|restarts/)
    }
  })
})
