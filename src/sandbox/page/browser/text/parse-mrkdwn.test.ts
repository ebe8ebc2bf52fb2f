import { describe, expect, test } from '@jest/globals'
import type { TextNode } from './nodes.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { parseMrkdwn } from './parse-mrkdwn.ts'

const text = (value: string): TextNode => ({ kind: 'text', text: value })
const bold = (...children: TextNode[]): TextNode => ({ kind: 'bold', children })
const line: TextNode = { kind: 'break' }

type Row = readonly [written: string, meant: readonly TextNode[]]

const rows: readonly Row[] = [
  ['plain', [text('plain')]],
  [
    '*bold* and _italic_ and ~gone~',
    [
      bold(text('bold')),
      text(' and '),
      { kind: 'italic', children: [text('italic')] },
      text(' and '),
      { kind: 'strike', children: [text('gone')] },
    ],
  ],
  ['*a _b_*', [bold(text('a '), { kind: 'italic', children: [text('b')] })]],
  ['2 * 3 * 4', [text('2 * 3 * 4')]],
  ['snake_case_name', [text('snake_case_name')]],
  ['*not\nbold*', [text('*not'), line, text('bold*')]],
  ['`a *b*`', [{ kind: 'code', text: 'a *b*' }]],
  ['`&lt;b&gt;`', [{ kind: 'code', text: '<b>' }]],
  ['a &amp; b &lt;c&gt;', [text('a & b <c>')]],
  ['&amp;lt;', [text('&lt;')]],
  ['```\nkubectl get *pods*\n```', [{ kind: 'pre', text: 'kubectl get *pods*' }]],
  ['see:\n```x```\nend', [text('see:'), { kind: 'pre', text: 'x' }, text('end')]],
  ['an open ``` fence', [text('an open '), text('``` fence')]],
  ['&gt; said', [{ kind: 'quote', children: [text('said')] }]],
  ['> one\n> two', [{ kind: 'quote', children: [text('one'), line, text('two')] }]],
  ['• a\n• b', [{ kind: 'list', ordered: false, items: [[text('a')], [text('b')]] }]],
  ['1. a\n2. b', [{ kind: 'list', ordered: true, items: [[text('a')], [text('b')]] }]],
  ['<@U0MEI>', [{ kind: 'user', id: 'U0MEI' }]],
  ['<@U0MEI|mei>', [{ kind: 'user', id: 'U0MEI' }]],
  ['<!subteam^S0MESH>', [{ kind: 'group', id: 'S0MESH' }]],
  ['<#C0PROD|prod>', [{ kind: 'channel', id: 'C0PROD' }]],
  ['<!here>', [{ kind: 'broadcast', range: 'here' }]],
  [
    '<!date^1700000000^{date_short} {time}|then>',
    [{ kind: 'date', at: 1_700_000_000, format: '{date_short} {time}', fallback: 'then' }],
  ],
  [
    '<https://x.example/?a=1&amp;b=2|the page>',
    [{ kind: 'link', url: 'https://x.example/?a=1&b=2', children: [text('the page')] }],
  ],
  ['<https://x.example>', [{ kind: 'link', url: 'https://x.example', children: [text('https://x.example')] }]],
  [':warning: careful', [{ kind: 'emoji', name: 'warning' }, text(' careful')]],
  ['at 10:30:45', [text('at 10'), { kind: 'emoji', name: '30' }, text('45')]],
]

describe('mrkdwn', () => {
  test.each(rows)('%j', (written, meant) => {
    expect(parseMrkdwn(written)).toEqual(meant)
  })

  test.each(['<javascript:alert(1)|press>', '<data:text/html,x|press>', '<JaVaScRiPt:alert(1)|press>'])(
    '%s is no link',
    (written) => {
      expect(parseMrkdwn(written)).toEqual([text('press')])
    },
  )

  test('markup of a page is only text', () => {
    expect(parseMrkdwn('&lt;img src=x onerror=alert(1)&gt;')).toEqual([text('<img src=x onerror=alert(1)>')])
  })
})

const markdown: readonly Row[] = [
  ['# Head', [{ kind: 'heading', children: [text('Head')] }]],
  ['**bold** *it*', [bold(text('bold')), text(' '), { kind: 'italic', children: [text('it')] }]],
  ['[page](https://x.example)', [{ kind: 'link', url: 'https://x.example', children: [text('page')] }]],
  ['[page](javascript:x)', [text('page')]],
  ['- a\n- b', [{ kind: 'list', ordered: false, items: [[text('a')], [text('b')]] }]],
  ['```sh\nls\n```', [{ kind: 'pre', text: 'ls' }]],
]

test.each(markdown)('markdown: %j', (written, meant) => {
  expect(parseMarkdown(written)).toEqual(meant)
})
