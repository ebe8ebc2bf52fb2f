import { describe, expect, test } from '@jest/globals'
import type { Block, Card } from './blocks.ts'
import { actions, section } from './blocks.ts'
import { buttonsOf, withNote } from './card.ts'
import { preformatted } from './lists.ts'
import { hasNativeBlocks, withoutNativeBlocks } from './native-blocks.ts'

/** @slack/types does not know the chart. */
const chart = {
  type: 'data_visualization',
  block_id: 'curve',
  title: 'Pods on Istio 1.31',
  chart: {
    type: 'line',
    axis_config: { categories: ['1 Dec', '2 Dec'] },
    series: [
      {
        name: 'moved',
        data: [
          { label: '1 Dec', value: 40 },
          { label: '2 Dec', value: 52 },
        ],
      },
    ],
  },
} as unknown as Block
const table = {
  type: 'data_table',
  block_id: 'teams',
  caption: 'Teams',
  rows: [
    [
      { type: 'raw_text', text: 'Team' },
      { type: 'raw_text', text: 'Pods' },
    ],
    [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'payments' }] }] },
      { type: 'raw_number', value: 41 },
    ],
  ],
} as unknown as Block
const button = { type: 'button', action_id: 'run.status', text: { type: 'plain_text', text: 'Status' } } as const
const card: Card = { text: 'far', blocks: [section('52 of 60'), chart, table, ...actions('b', [button])] }

describe('a card that Slack refuses for its chart or table', () => {
  test('says the same numbers as text and keeps its buttons', () => {
    const plain = withoutNativeBlocks(card)
    expect(plain.blocks.map(({ type }) => type)).toEqual(['section', 'rich_text', 'rich_text', 'actions'])
    expect(JSON.stringify(plain.blocks[1])).toContain('Pods on Istio 1.31\\nmoved: 1 Dec 40, 2 Dec 52')
    expect(JSON.stringify(plain.blocks[2])).toContain('Teams\\nTeam | Pods\\npayments | 41')
    expect(buttonsOf(plain)).toEqual(['run.status'])
    expect([hasNativeBlocks(card), hasNativeBlocks(plain)]).toEqual([true, false])
  })

  test("takes the view's own text where it gives one, also with a note added", () => {
    const own = [preformatted('40 → 52')]
    const plain = withoutNativeBlocks(withNote({ ...card, instead: { curve: own, teams: [] } }, 'a note'))
    expect(plain.blocks.map(({ type }) => type)).toEqual(['section', 'rich_text', 'actions', 'context'])
    expect(plain.blocks[1]).toEqual(own[0])
  })
})
