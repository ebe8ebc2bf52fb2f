import { describe, expect, test } from '@jest/globals'
import type { VNode } from 'preact'
import type { Json } from '../../../slack-server/json.ts'
import { blockTypes, validateBlocks } from '../../../slack-server/validate-blocks.ts'
import { elementsOf } from '../../../slack-server/validate-elements.ts'
import { drawBlock } from './draw-block.ts'
import type { Pressed, Show } from './show.ts'

const pressed: Pressed[] = []
const show: Show = {
  person: (id) => (id === 'U0MEI' ? 'Mei' : id),
  group: (id) => id,
  channel: (id) => id,
  reader: { locale: 'en-GB', tz: 'Asia/Shanghai' },
  me: 'U0LEE',
  key: 'k',
  people: [{ id: 'U0MEI', name: 'Mei' }],
  channels: [{ id: 'C0PROD', name: 'prod' }],
  press: (one) => void pressed.push(one),
  form: null,
}

type Drawn = { readonly tag: string; readonly props: Json; readonly text: string; readonly all: readonly Drawn[] }

/** What was drawn, flat: every element with its words. Only plain functions draw blocks, so nothing has to be rendered. */
function flat(node: unknown): Drawn[] {
  if (Array.isArray(node)) return node.flatMap(flat)
  if (typeof node === 'string' || typeof node === 'number') return [{ tag: '', props: {}, text: String(node), all: [] }]
  if (typeof node !== 'object' || node === null) return []
  const { type, props } = node as VNode<Json>
  const inner = flat(props['children'])
  const words = inner.filter(({ tag }) => tag === '').map(({ text }) => text)
  return [{ tag: String(type), props, text: words.join(''), all: inner }, ...inner]
}

function wordsOf(block: Json): string {
  const drawn = flat(drawBlock(block, show))
  const spoken = drawn.flatMap(({ props }) => [props['aria-label'], props['placeholder'], props['defaultValue']])
  return [...drawn.filter(({ tag }) => tag === '').map(({ text }) => text), ...spoken].join(' ')
}

const plain = (text: string): Json => ({ type: 'plain_text', text })
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text })
const rich = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }],
})
const button = { type: 'button', action_id: 'go', text: plain('Go'), value: '1' }
const option = { text: plain('Option A'), value: 'a' }
const cell = (text: string): Json => ({ type: 'raw_text', text })
const points = { categories: ['Mon', 'Tue'] }
const series = [
  {
    name: 'old pods',
    data: [
      { label: 'Mon', value: 4 },
      { label: 'Tue', value: 2 },
    ],
  },
]
const chart = (type: string): Json => ({
  type: 'data_visualization',
  title: 'Pods',
  chart: { type, series, axis_config: points },
})
const card = { type: 'card', title: mrkdwn('A card'), body: mrkdwn('body'), actions: [button] }
const task = { type: 'task_card', task_id: 't', title: 'Install', status: 'complete', output: rich('ready') }
const picture = { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'a ferry' }

type Row = readonly [block: Json, words: readonly string[]]

const rows: readonly Row[] = [
  [{ type: 'header', text: plain('Approve :warning:') }, ['Approve', '⚠️']],
  [
    { type: 'section', text: mrkdwn('*bold* <@U0MEI>'), fields: [mrkdwn('field')], accessory: button },
    ['bold', 'Mei', 'field', 'Go'],
  ],
  [{ type: 'context', elements: [mrkdwn('small'), picture] }, ['small', 'a ferry']],
  [{ type: 'divider' }, []],
  [
    {
      type: 'actions',
      elements: [button, { type: 'overflow', action_id: 'o', options: [option, { ...option, value: 'b' }] }],
    },
    ['Go', 'Option A'],
  ],
  [
    {
      type: 'input',
      label: plain('Reason'),
      hint: plain('in words'),
      element: { type: 'plain_text_input', initial_value: 'freeze' },
    },
    ['Reason', 'in words', 'freeze'],
  ],
  [{ ...picture, title: plain('Ferry') }, ['Ferry', 'a ferry']],
  [rich('rich words'), ['rich words']],
  [{ type: 'markdown', text: '# Head\n**strong**' }, ['Head', 'strong']],
  [{ type: 'alert', text: mrkdwn('careful'), level: 'warning' }, ['careful']],
  [{ type: 'table', rows: [[cell('Team')], [cell('payments')]] }, ['Team', 'payments']],
  [
    { type: 'data_table', caption: 'Left', rows: [[cell('Team')], [{ type: 'raw_number', value: 12, text: '12' }]] },
    ['Left', 'Team', '12'],
  ],
  [chart('line'), ['Pods', 'old pods', 'Mon']],
  [chart('bar'), ['old pods', 'Tue']],
  [chart('area'), ['old pods', '4']],
  [
    { type: 'data_visualization', title: 'Pie', chart: { type: 'pie', segments: [{ label: 'old', value: 3 }] } },
    ['Pie', 'old', '3'],
  ],
  [
    {
      type: 'container',
      title: plain('Box'),
      is_collapsible: true,
      child_blocks: [{ type: 'section', text: mrkdwn('inside') }],
    },
    ['Box', 'inside'],
  ],
  [card, ['A card', 'body', 'Go']],
  [{ type: 'carousel', elements: [card] }, ['A card']],
  [{ type: 'plan', title: 'The plan', tasks: [task] }, ['The plan', 'Install', 'ready', 'done']],
  [task, ['Install', 'ready']],
  [
    {
      type: 'context_actions',
      elements: [{ type: 'icon_button', action_id: 'i', icon: 'trash', text: plain('Delete') }],
    },
    ['Delete'],
  ],
]
const outside: readonly Row[] = [
  [{ type: 'file', external_id: 'report' }, ['report']],
  [{ type: 'video', title: plain('A film') }, ['A film']],
]

describe('blocks', () => {
  test('every kind that the validator knows is tried here', () => {
    const tried = new Set([...rows, ...outside].map(([block]) => String(block['type'])))
    expect([...tried].toSorted()).toEqual([...blockTypes].toSorted())
  })

  test.each(rows)('%j is drawn', (block, words) => {
    const surface = block['type'] === 'alert' ? 'modal' : 'message'
    expect(validateBlocks([block], surface)).toEqual([])
    const drawn = wordsOf(block)
    for (const word of words) expect(drawn).toContain(word)
    expect(drawn).not.toContain('A block of kind')
  })

  test.each(outside)('%j is named', (block, words) => {
    for (const word of words) expect(wordsOf(block)).toContain(word)
  })

  test('a kind that nobody knows is named too', () => {
    expect(wordsOf({ type: 'hologram' })).toContain('hologram')
  })
})

describe('elements', () => {
  const all = [...new Set(Object.values(elementsOf).flat())].filter((type) => type !== 'image')
  test.each(all)('%s is drawn as something that can be used', (type) => {
    const element = { type, action_id: 'x', text: plain('Go'), options: [option] }
    const drawn = flat(drawBlock({ type: 'actions', elements: [element] }, show))
    expect(drawn.some(({ tag }) => ['button', 'select', 'input', 'textarea'].includes(tag))).toBe(true)
  })

  test('a pressed button tells its element and its block; it keeps its style and spoken label', () => {
    const styled = { ...button, style: 'danger', accessibility_label: 'Reject it on prod-a' }
    const drawn = flat(drawBlock({ type: 'actions', block_id: 'b1', elements: [styled] }, show))
    const found = drawn.find(({ tag }) => tag === 'button')
    expect(found?.props).toMatchObject({ class: 'button button-danger', 'aria-label': 'Reject it on prod-a' })
    const onClick = found?.props['onClick'] as () => void
    onClick()
    expect(pressed).toEqual([{ element: styled, blockId: 'b1', chosen: null }])
  })

  test.each([
    [true, 1],
    [false, 0],
  ])('a choice in a form is kept; with dispatch_action %s it is told at once %i times', (dispatch, times) => {
    const set: unknown[] = []
    const form = { set: (block: string, value: unknown) => void set.push([block, value]), errors: {} }
    const option = { text: plain('prod-a'), value: 'prod-a' }
    const element = { type: 'static_select', action_id: 'pick', options: [option] }
    const block = { type: 'input', block_id: 'c', dispatch_action: dispatch, label: plain('Cluster'), element }
    const before = pressed.length
    const drawn = flat(drawBlock(block, { ...show, form })).find(({ tag }) => tag === 'select')
    const onChange = drawn?.props['onChange'] as (event: unknown) => void
    onChange({ currentTarget: { selectedOptions: [{ value: 'prod-a' }] } })
    expect(set).toEqual([['c', 'prod-a']])
    expect(pressed).toHaveLength(before + times)
  })

  test('a field that is wrong says so, and is found by its label', () => {
    const form = { set: () => {}, errors: { why: 'too short' } }
    const block = {
      type: 'input',
      block_id: 'why',
      label: plain('Why'),
      element: { type: 'plain_text_input', action_id: 'v' },
    }
    const drawn = flat(drawBlock(block, { ...show, form }))
    const field = drawn.find(({ tag }) => tag === 'input')?.props['id']
    expect(drawn.find(({ tag }) => tag === 'label')?.props['for']).toBe(field)
    expect(drawn.find(({ props }) => props['role'] === 'alert')?.text).toBe('too short')
  })
})
