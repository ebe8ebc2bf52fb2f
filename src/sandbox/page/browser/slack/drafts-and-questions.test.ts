import { expect, test } from '@jest/globals'
import type { VNode } from 'preact'
import type { PageState } from '../../page-state.ts'
import { meshAt, start } from '../../parts-for-tests.ts'
import type { Desk } from '../desk.ts'
import { drawChannel } from './channel-pane.ts'
import { Composer, draftAfter, pickedAfter } from './composer.ts'
import { drawConfirm } from './confirm.ts'

const channel = { id: 'C0PROD', name: 'mesh-prod-a', isPrivate: false, isDirect: false }
const desk: Desk = {
  pane: { kind: 'channel', id: 'C0PROD' },
  thread: '1.0',
  question: null,
  toast: null,
  errors: {},
  pressed: new Set(),
  last: null,
  askedAt: null,
  reported: false,
  seen: {},
  coachOpen: true,
  get state() {
    return this
  },
  change: () => undefined,
  be: () => undefined,
  act: () => Promise.resolve({ ok: true }),
  send: () => Promise.resolve({ ok: true }),
  press: () => undefined,
  pressButton: () => undefined,
}

function pageOf(me: string): PageState {
  const versions = { from: '1.30.0', to: '1.31.0' }
  return {
    demo: { me, cast: [], command: '/istio', cluster: 'prod-a', versions, channel: 'C0PROD' },
    workspace: { bot: { user: 'U0FERRY', name: 'istio' }, people: [], groups: [], channels: [channel] },
    views: { home: null, modals: [] },
    clock: { state: { calendarAt: start, machineAt: start, speed: 1 }, skipping: false },
    mesh: meshAt(0),
    troubles: [],
    story: null,
    messages: [],
  }
}

/** Every node that was drawn, flat. */
function nodesOf(node: unknown): VNode<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf)
  if (typeof node !== 'object' || node === null) return []
  const drawn = node as VNode<Record<string, unknown>>
  return [drawn, ...nodesOf(drawn.props['children'])]
}

const composerKeys = (me: string): unknown[] =>
  nodesOf(drawChannel(channel, pageOf(me), desk))
    .filter(({ type }) => type === (Composer as unknown))
    .map(({ key }) => key)

test("a draft is one person's: in the channel and in the thread, nobody else gets the box of another", () => {
  const [lee, mei] = [composerKeys('U0LEE'), composerKeys('U0MEI')]
  expect(lee).toHaveLength(2)
  expect(new Set([...lee, ...mei]).size).toBe(4)
})

test.each([
  ['what was offered follows what is offered', '/istio upgrade', ''],
  ['what somebody wrote stays', 'hello', 'hello'],
])('%s', (_, now, then) => {
  expect(draftAfter(now, '/istio upgrade', '')).toBe(then)
})

test.each([
  ['danger', 'Back'],
  ['primary', 'Yes'],
])('a question in style %s has its focus on %s', (style, focused) => {
  const confirm = {
    style,
    ...Object.fromEntries(
      [
        ['title', 'Sure?'],
        ['text', 'It goes.'],
        ['confirm', 'Yes'],
        ['deny', 'Back'],
      ].map(([key, text]) => [key, { type: 'plain_text', text }]),
    ),
  }
  const drawn = nodesOf(drawConfirm({ confirm, yes: () => undefined }, pageOf('U0LEE'), desk))
  const focus = drawn.filter(({ props }) => props['autofocus'] === true)
  expect(focus.map(({ props }) => JSON.stringify(props['children']))).toEqual([expect.stringContaining(focused)])
})

test.each([
  [-1, 1, 0],
  [-1, -1, 8],
  [8, 1, 0],
  [0, -1, 8],
  [3, 1, 4],
])('from hint %i an arrow of %i goes to hint %i of nine', (picked, step, next) => {
  expect(pickedAfter(picked, step, 9)).toBe(next)
})
