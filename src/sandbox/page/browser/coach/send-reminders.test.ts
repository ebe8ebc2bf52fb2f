import { expect, test } from '@jest/globals'
import type { MessagePart, PageState } from '../../page-state.ts'
import { meshAt, start } from '../../parts-for-tests.ts'
import type { CoachState } from './coaching.ts'
import { openButtons } from './open-buttons.ts'
import { keyOf } from './pressed.ts'
import { sendReminders } from './send-reminders.ts'

const button = { type: 'button', action_id: 'nudges.send', value: 'run-1', text: { type: 'plain_text', text: 'Send' } }
const preview: MessagePart = {
  ts: '5.0',
  channel: 'C0PROD',
  user: 'U0FERRY',
  threadTs: null,
  onlyForMe: false,
  text: '',
  edits: 0,
  at: start,
  blocks: [{ type: 'actions', block_id: 'b', elements: [button] }],
  attachments: [],
}

function page(me: string, messages: readonly MessagePart[]): PageState {
  const cast = [
    { user: 'U0LEE', name: 'Lee', role: 'asks for the upgrade' },
    { user: 'U0KIM', name: 'Kim', role: 'an outsider' },
  ]
  const versions = { from: '1.30.0', to: '1.31.0' }
  return {
    demo: { me, cast, command: '/istio', cluster: 'prod-a', versions, channel: 'C0PROD' },
    workspace: { bot: { user: 'U0FERRY', name: 'istio' }, people: [], groups: [], channels: [] },
    views: { home: null, modals: [] },
    clock: { state: { calendarAt: start, machineAt: start, speed: 1 }, skipping: false },
    mesh: meshAt(0.3),
    troubles: [],
    story: null,
    messages,
  }
}

function state(me: string, messages: readonly MessagePart[], pressed: readonly string[], quietFor: number): CoachState {
  return { page: page(me, messages), pressed: new Set(pressed), askedFor: null, quietFor, reported: false }
}

const [send] = openButtons(page('U0LEE', [preview]))
if (send === undefined) throw new Error('the preview has no button')
const byLee = keyOf(send, 'U0LEE')

test.each([
  ['Lee looks', state('U0LEE', [preview], [], 0), 'Send the reminders', /until then nothing leaves/],
  ['Kim looks', state('U0KIM', [preview], [], 0), 'Continue as Lee', /runs the upgrade/],
  ['Lee has just pressed', state('U0LEE', [preview], [byLee], 900), undefined, /let go/],
  ['the press was lost', state('U0LEE', [preview], [byLee], 20_000), 'Send the reminders', /./],
] as const)('reminders wait: %s', (_, given, label, says) => {
  const said = sendReminders(given)
  expect(said?.say).toMatch(says)
  expect(said?.act?.label).toBe(label)
})

test('without such a button there is nothing to say', () => {
  expect(sendReminders(state('U0LEE', [], [], 0))).toBeNull()
})
