import { describe, expect, test } from '@jest/globals'
import type { Json } from './json.ts'
import { validateBlocks } from './validate-blocks.ts'
import type { Surface } from './validate-core.ts'
import { validateMessage } from './validate-message.ts'
import { validateView } from './validate-view.ts'

const plain = (text: string): Json => ({ type: 'plain_text', text })
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text })
const long = (n: number) => 'x'.repeat(n)
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
const button = (extra: Json = {}): Json => ({ type: 'button', text: plain('Go'), ...extra })
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements })
const section = (extra: Json): Json => ({ type: 'section', ...extra })
const confirm = (extra: Json): Json => ({
  title: plain('t'),
  text: mrkdwn('x'),
  confirm: plain('y'),
  deny: plain('n'),
  ...extra,
})
const option = (value: string): Json => ({ text: plain(value), value })
const select = (extra: Json): Json => ({ type: 'static_select', action_id: 's', options: [option('a')], ...extra })
const input = (element: Json, extra: Json = {}): Json => ({ type: 'input', label: plain('l'), element, ...extra })
const cell = (text: string): Json => ({ type: 'raw_text', text })
const table = (rows: Json[][]): Json => ({ type: 'table', rows })
const dataTable = (extra: Json): Json => ({
  type: 'data_table',
  caption: 'c',
  rows: [[cell('h')], [cell('v')]],
  ...extra,
})
const series = (name: string, labels: string[]): Json => ({ name, data: labels.map((label) => ({ label, value: 1 })) })
const chart = (extra: Json): Json => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'line', series: [series('s', ['a'])], axis_config: { categories: ['a'] }, ...extra },
})
const rich = (...elements: Json[]): Json => ({ type: 'rich_text', elements })

type Row = [name: string, blocks: Json[], pointer: string, surface?: Surface]

const refused: Row[] = [
  ['51 blocks', many(51, () => ({ type: 'divider' })), '/blocks'],
  ['101 blocks in a modal', many(101, () => ({ type: 'divider' })), '/blocks', 'modal'],
  ['an unknown block', [{ type: 'headline' }], '/blocks/0/type'],
  ['an alert in a message', [{ type: 'alert', text: mrkdwn('x') }], '/blocks/0/type'],
  ['a chart in a modal', [chart({})], '/blocks/0/type', 'modal'],
  ['a data_table on Home', [dataTable({})], '/blocks/0/type', 'home'],
  ['markdown in a modal', [{ type: 'markdown', text: 'x' }], '/blocks/0/type', 'modal'],
  [
    'two blocks of one id',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '/blocks/1/block_id',
  ],
  ['a block id of 256', [{ type: 'divider', block_id: long(256) }], '/blocks/0/block_id'],
  ['a header of 151', [{ type: 'header', text: plain(long(151)) }], '/blocks/0/text/text'],
  ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }], '/blocks/0/text/type'],
  ['an empty header', [{ type: 'header', text: plain('') }], '/blocks/0/text/text'],
  ['a section of 3001', [section({ text: mrkdwn(long(3001)) })], '/blocks/0/text/text'],
  ['a section of nothing', [section({})], '/blocks/0'],
  ['11 fields', [section({ fields: many(11, () => mrkdwn('x')) })], '/blocks/0/fields'],
  ['a field of 2001', [section({ fields: [mrkdwn(long(2001))] })], '/blocks/0/fields/0/text'],
  ['emoji in mrkdwn', [section({ text: { ...mrkdwn('x'), emoji: true } })], '/blocks/0/text'],
  [
    'an input in an accessory',
    [section({ text: mrkdwn('x'), accessory: { type: 'plain_text_input' } })],
    '/blocks/0/accessory/type',
  ],
  ['11 context elements', [{ type: 'context', elements: many(11, () => mrkdwn('x')) }], '/blocks/0/elements'],
  ['a button in context', [{ type: 'context', elements: [button()] }], '/blocks/0/elements/0/type'],
  ['26 buttons', [actions(...many(26, (i) => button({ action_id: `a${i}` })))], '/blocks/0/elements'],
  ['no buttons', [actions()], '/blocks/0/elements'],
  ['a label of 76', [actions(button({ text: plain(long(76)) }))], '/blocks/0/elements/0/text/text'],
  ['a label in mrkdwn', [actions(button({ text: mrkdwn('x') }))], '/blocks/0/elements/0/text/type'],
  ['a value of 2001', [actions(button({ value: long(2001) }))], '/blocks/0/elements/0/value'],
  ['a url of 3001', [actions(button({ url: long(3001) }))], '/blocks/0/elements/0/url'],
  [
    'a spoken label of 76',
    [actions(button({ accessibility_label: long(76) }))],
    '/blocks/0/elements/0/accessibility_label',
  ],
  ['a style of its own', [actions(button({ style: 'default' }))], '/blocks/0/elements/0/style'],
  ['a misspelt member of a block', [section({ text: mrkdwn('x'), acessory: button() })], '/blocks/0'],
  ['a misspelt member of a button', [actions(button({ colour: 'red' }))], '/blocks/0/elements/0'],
  ['an action id of 256', [actions(button({ action_id: long(256) }))], '/blocks/0/elements/0/action_id'],
  [
    'one action id twice',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '/blocks/0/elements/1/action_id',
  ],
  ['two primary buttons', [actions(button({ style: 'primary' }), button({ style: 'primary' }))], '/blocks/0/elements'],
  [
    'a confirm title of 101',
    [actions(button({ confirm: confirm({ title: plain(long(101)) }) }))],
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'a confirm text of 301',
    [actions(button({ confirm: confirm({ text: mrkdwn(long(301)) }) }))],
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'a confirm button of 31',
    [actions(button({ confirm: confirm({ confirm: plain(long(31)) }) }))],
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  [
    '6 overflow options',
    [actions({ type: 'overflow', options: many(6, (i) => option(`o${i}`)) })],
    '/blocks/0/elements/0/options',
  ],
  ['101 options', [actions(select({ options: many(101, (i) => option(`o${i}`)) }))], '/blocks/0/elements/0/options'],
  ['an option of 76', [actions(select({ options: [option(long(76))] }))], '/blocks/0/elements/0/options/0/text/text'],
  [
    'one value twice',
    [actions(select({ options: [option('a'), option('a')] }))],
    '/blocks/0/elements/0/options/1/value',
  ],
  [
    'an initial option not offered',
    [actions(select({ initial_option: option('z') }))],
    '/blocks/0/elements/0/initial_option',
  ],
  [
    '11 radio buttons',
    [actions({ type: 'radio_buttons', options: many(11, (i) => option(`o${i}`)) })],
    '/blocks/0/elements/0/options',
  ],
  ['an image without words', [{ type: 'image', image_url: 'https://example.com/a.png' }], '/blocks/0'],
  ['a button in an input', [input(button())], '/blocks/0/element/type', 'modal'],
  ['an input without a label', [{ type: 'input', element: select({}) }], '/blocks/0', 'modal'],
  [
    'max_length of 3001',
    [input({ type: 'plain_text_input', max_length: 3001 })],
    '/blocks/0/element/max_length',
    'modal',
  ],
  [
    'min over max',
    [input({ type: 'plain_text_input', min_length: 9, max_length: 3 })],
    '/blocks/0/element/min_length',
    'modal',
  ],
  ['an alert of 201', [{ type: 'alert', text: mrkdwn(long(201)) }], '/blocks/0/text/text', 'modal'],
  [
    'a list of text',
    [rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'x' }] })],
    '/blocks/0/elements/0/elements/0/type',
  ],
  ['text outside a section', [rich({ type: 'text', text: 'x' })], '/blocks/0/elements/0/type'],
  [
    'an unknown style',
    [rich({ type: 'rich_text_section', elements: [{ type: 'text', text: 'x', style: { red: true } }] })],
    '/blocks/0/elements/0/elements/0/style',
  ],
  ['two tables', [table([[cell('a')]]), table([[cell('a')]])], '/blocks/1'],
  ['101 table rows', [table(many(101, () => [cell('a')]))], '/blocks/0/rows'],
  ['21 table cells', [table([many(21, () => cell('a'))])], '/blocks/0/rows/0'],
  ['a cell in mrkdwn', [table([[mrkdwn('a')]])], '/blocks/0/rows/0/0/type'],
  ['a data_table without a caption', [{ type: 'data_table', rows: [[cell('h')], [cell('v')]] }], '/blocks/0'],
  ['a data_table of one row', [dataTable({ rows: [[cell('h')]] })], '/blocks/0/rows'],
  [
    'a rich header cell',
    [dataTable({ rows: [[rich({ type: 'rich_text_section', elements: [] })], [cell('v')]] })],
    '/blocks/0/rows/0/0/type',
  ],
  ['pages of 101', [dataTable({ page_size: 101 })], '/blocks/0/page_size'],
  ['rows of two widths', [dataTable({ rows: [[cell('h')], [cell('v'), cell('w')]] })], '/blocks/0/rows/1'],
  ['10,001 characters', [dataTable({ rows: [[cell('h')], [cell(long(10_000))]] })], '/blocks/0/rows'],
  ['three charts', [chart({}), chart({}), chart({})], '/blocks/2'],
  ['a chart of another kind', [chart({ type: 'donut' })], '/blocks/0/chart/type'],
  ['seven series', [chart({ series: many(7, (i) => series(`s${i}`, ['a'])) })], '/blocks/0/chart/series'],
  ['a series of 21 characters', [chart({ series: [series(long(21), ['a'])] })], '/blocks/0/chart/series/0/name'],
  ['a series of other categories', [chart({ series: [series('s', ['b'])] })], '/blocks/0/chart/series/0/data'],
  [
    'a task that is completed',
    [{ type: 'plan', title: 't', tasks: [{ task_id: '1', title: 't', status: 'completed' }] }],
    '/blocks/0/tasks/0/status',
  ],
  [
    'rich text in a container',
    [{ type: 'container', title: plain('t'), child_blocks: [rich()] }],
    '/blocks/0/child_blocks/0/type',
  ],
  ['a card body of 201', [{ type: 'card', body: mrkdwn(long(201)) }], '/blocks/0/body/text'],
]

describe('blocks that Slack refuses', () => {
  test.each(refused)('%s', (_name, blocks, pointer, surface = 'message') => {
    expect(validateBlocks(blocks, surface).map((p) => p.pointer)).toContain(pointer)
  })
})

describe('blocks that Slack takes', () => {
  const taken: [string, Json[], Surface][] = [
    ['50 blocks', many(50, () => ({ type: 'divider' })), 'message'],
    ['100 blocks on Home', many(100, () => ({ type: 'divider' })), 'home'],
    [
      'a header of 150 emoji, which are 300 UTF-16 units',
      [{ type: 'header', text: plain('🌱'.repeat(150)) }],
      'message',
    ],
    [
      '25 buttons, one of them primary',
      [actions(button({ style: 'primary' }), ...many(24, () => button()))],
      'message',
    ],
    [
      'one action id in two blocks',
      [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))],
      'message',
    ],
    ['a table, a data table and two charts', [table([[cell('a')]]), dataTable({}), chart({}), chart({})], 'message'],
    ['an alert in a modal', [{ type: 'alert', level: 'error', text: mrkdwn('x') }], 'modal'],
  ]
  test.each(taken)('%s', (_name, blocks, surface) => {
    expect(validateBlocks(blocks, surface)).toEqual([])
  })
})

describe('whole messages and views', () => {
  const body = (n: number) =>
    many(Math.ceil(n / 3000), (i) => section({ text: mrkdwn(long(Math.min(3000, n - i * 3000))) }))
  const modal = (extra: Json): Json => ({ type: 'modal', title: plain('t'), blocks: [], ...extra })

  test('the lines name the place as Slack does', () => {
    const refusal = validateMessage({ text: 'x', blocks: [actions(...many(26, () => button()))] }, 'chat.postMessage')
    expect(refusal).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] no more than 25 items allowed [json-pointer:/blocks/0/elements]'],
    })
  })

  test.each([
    ['nothing to say', {}, 'chat.postMessage', 'no_text'],
    ['11,341 characters of blocks', { text: 'x', blocks: body(11_341) }, 'chat.postMessage', 'msg_blocks_too_long'],
    [
      '4,000 Chinese characters',
      {
        text: 'x',
        blocks: [section({ text: mrkdwn('中'.repeat(2000)) }), section({ text: mrkdwn('文'.repeat(2000)) })],
      },
      'chat.postMessage',
      'msg_blocks_too_long',
    ],
    [
      'an ephemeral attachment of blocks',
      { text: 'x', attachments: [{ blocks: [] }] },
      'chat.postEphemeral',
      'invalid_attachments',
    ],
    ['4001 characters in an edit', { text: long(4001) }, 'chat.update', 'msg_too_long'],
    ['blocks that are no list', { text: 'x', blocks: 'oops' }, 'chat.postMessage', 'invalid_blocks_format'],
    ['101 attachments', { text: 'x', attachments: many(101, () => ({})) }, 'chat.postMessage', 'too_many_attachments'],
    [
      'an attachment of blocks and text',
      { text: 'x', attachments: [{ blocks: [], text: 'x' }] },
      'chat.postMessage',
      'invalid_attachments',
    ],
    ['metadata without a type', { text: 'x', metadata: {} }, 'chat.postMessage', 'invalid_metadata_format'],
    [
      'too much metadata',
      { text: 'x', metadata: { event_type: 'a', event_payload: { a: long(20_000) } } },
      'chat.postMessage',
      'metadata_too_large',
    ],
  ] as const)('%s', (_name, message, door, error) => {
    expect(validateMessage(message, door)?.error).toBe(error)
  })

  test.each([
    ['10,600 characters of blocks', { text: 'x', blocks: body(10_600) }, 'chat.postMessage'],
    ['a posted attachment of blocks', { text: 'x', attachments: [{ blocks: [] }] }, 'chat.postMessage'],
    ['more of them through a response_url', { text: 'x', blocks: body(11_341) }, 'response_url'],
    ['4001 characters in a post', { text: long(4001) }, 'chat.postMessage'],
  ] as const)('takes %s', (_name, message, door) => {
    expect(validateMessage(message, door)).toBeNull()
  })

  test.each([
    ['a title of 25', modal({ title: plain(long(25)) }), '/view/title/text'],
    ['private metadata of 3001', modal({ private_metadata: long(3001) }), '/view/private_metadata'],
    ['an input without submit', modal({ blocks: [input(select({}))] }), '/view'],
    ['a misspelt member', modal({ privat_metadata: '' }), '/view'],
    ['a block in it', modal({ blocks: [{ type: 'table' }] }), '/view/blocks/0/type'],
  ])('a modal with %s', (_name, view, pointer) => {
    expect(validateView(view)?.messages?.join()).toContain(`[json-pointer:${pointer}]`)
  })

  test('a view over 250 kB', () => {
    const blocks = many(90, () => section({ text: mrkdwn(long(3000)) }))
    expect(validateView(modal({ blocks }))).toEqual({ error: 'view_too_large' })
  })
})
