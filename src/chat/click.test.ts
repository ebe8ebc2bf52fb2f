import { expect, test } from '@jest/globals'
import { clickOf } from './click.ts'

const person = { type: 'block_actions', user: { id: 'U0MEI' }, trigger_id: 't1' }
const message = {
  ...person,
  response_url: 'https://hooks.example/1',
  container: { type: 'message', message_ts: '1.2', channel_id: 'C0PROD' },
  message: { user: 'U0BOT' },
}
const home = { ...person, view: { id: 'V1', type: 'home', hash: 'h1', private_metadata: 'm1' } }

function payload(where: object, element: object): unknown {
  return { ...where, actions: [{ action_id: 'a', block_id: 'b', ...element }] }
}

test.each([
  ['a button', { value: 'v1' }, 'v1'],
  ['an overflow menu', { type: 'overflow', selected_option: { value: 'v2' } }, 'v2'],
  ['a select that was emptied', { type: 'static_select', selected_option: null }, ''],
  ['a date picker', { type: 'datepicker', selected_date: '2026-12-04' }, '2026-12-04'],
])('%s of a message is read with its place', (_, element, value) => {
  expect(clickOf(payload(message, element))).toMatchObject({
    user: 'U0MEI',
    channel: 'C0PROD',
    ts: '1.2',
    responseUrl: 'https://hooks.example/1',
    author: 'U0BOT',
    actionId: 'a',
    blockId: 'b',
    value,
    view: null,
    trigger: 't1',
  })
})

test('a click in App Home has no channel and no response_url, but its view', () => {
  expect(clickOf(payload(home, { value: 'v1' }))).toMatchObject({
    user: 'U0MEI',
    channel: '',
    responseUrl: '',
    value: 'v1',
    view: { id: 'V1', hash: 'h1', metadata: 'm1' },
  })
})

test.each([
  ['no action', { ...message, actions: [] }],
  ['neither message nor view', payload(person, { value: 'v1' })],
  ['nobody', payload({ ...message, user: {} }, { value: 'v1' })],
])('%s is no click of ours', (_, body) => {
  expect(clickOf(body)).toBeNull()
})
