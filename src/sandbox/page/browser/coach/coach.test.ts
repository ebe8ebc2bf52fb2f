import { describe, expect, test } from '@jest/globals'
import type { Json } from '../../../slack-server/json.ts'
import type { MeshView } from '../../../world/mesh-view.ts'
import type { MessagePart, PageState, TroublePart } from '../../page-state.ts'
import { meshAt, start } from '../../parts-for-tests.ts'
import { coach } from './coach.ts'
import type { CoachState } from './coaching.ts'
import { offerAfter } from './offers.ts'
import { openButtons } from './open-buttons.ts'
import { keyOf } from './pressed.ts'

const cast = [
  { user: 'U0LEE', name: 'Lee', role: 'asks for the upgrade' },
  { user: 'U0MEI', name: 'Mei', role: 'approves' },
  { user: 'U0JON', name: 'Jonas', role: 'approves' },
  { user: 'U0KIM', name: 'Kim', role: 'an outsider' },
]

function button(actionId: string, value = 'ap.1'): Json {
  return { type: 'button', action_id: actionId, value, text: { type: 'plain_text', text: actionId } }
}

function message(ts: string, more: Partial<MessagePart>): MessagePart {
  const fixed = { channel: 'C0PROD', user: 'U0FERRY', threadTs: null, onlyForMe: false, text: '', edits: 0, at: start }
  return { ...fixed, ts, blocks: [], attachments: [], ...more }
}

function card(ts: string, ...actionIds: string[]): MessagePart {
  return titled('card', ts, ...actionIds)
}

function titled(title: string, ts: string, ...actionIds: string[]): MessagePart {
  const header = { type: 'header', text: { type: 'plain_text', text: title } }
  return message(ts, {
    blocks: [header, { type: 'actions', block_id: 'b', elements: actionIds.map((id) => button(id)) }],
  })
}

type Given = {
  readonly me?: string
  readonly messages?: readonly MessagePart[]
  readonly mesh?: MeshView
  readonly skipping?: boolean
  readonly modals?: readonly Json[]
  readonly troubles?: readonly TroublePart[]
}

function page({
  me = 'U0LEE',
  messages = [],
  mesh = meshAt(0),
  skipping = false,
  modals = [],
  troubles = [],
}: Given): PageState {
  const demo = {
    cast,
    command: '/istio',
    cluster: 'prod-a',
    versions: { from: '1.30.0', to: '1.31.0' },
    channel: 'C0PROD',
  }
  return {
    demo: { me, ...demo },
    workspace: { bot: { user: 'U0FERRY', name: 'istio' }, people: [], groups: [], channels: [] },
    views: { home: null, modals },
    clock: { state: { calendarAt: start, machineAt: start, speed: 1 }, skipping },
    mesh,
    troubles,
    story: null,
    messages,
  }
}

function state(given: Given, more: Partial<Omit<CoachState, 'page'>> = {}): CoachState {
  return { page: page(given), pressed: new Set(), askedFor: null, quietFor: 0, reported: false, ...more }
}

const approve = card('5.0', 'approval.approve', 'approval.reject', 'approval.plan')
const begun = card('6.0', 'approval.plan')
const unwanted = card('7.0', 'approval.reask', 'approval.plan')
const gone: MeshView = { ...meshAt(1), controlPlanes: meshAt(1).controlPlanes.slice(1) }
const confirm = { text: { type: 'plain_text', text: 'New pods get 1.31.0. Undo takes 10 s.' } }
const asking: MessagePart = {
  ...approve,
  blocks: [{ type: 'actions', elements: [{ ...button('approval.approve'), confirm }] }],
}
// The first of two approvals is recorded: the same card in its next revision.
const approvedOnce: MessagePart = {
  ...approve,
  edits: 1,
  blocks: [...approve.blocks.slice(0, 1), { type: 'actions', elements: [button('approval.approve', 'ap.2')] }],
}
const on = { bites: null, lasts: true, state: { kind: 'on', since: start } } as const
const argocd: TroublePart = { ...on, name: 'argocd', label: 'Argo CD puts the webhook back' }
const away: TroublePart = { ...on, name: 'slack-away', label: 'Slack away' }
const putBack: MeshView = { ...meshAt(0.3), newPods: meshAt(0).newPods }

/** Switched, but for the first class of new pods, which gets this instead. */
function wrong(gets: string): MeshView {
  const mesh = meshAt(0.3)
  return { ...mesh, newPods: mesh.newPods.map((one, index) => (index === 0 ? { ...one, gets, ok: false } : one)) }
}

const [open] = openButtons(page({ messages: [approve] }))
if (open === undefined) throw new Error('the card has no button')
const byMei = keyOf(open, 'U0MEI')
const byJonas = keyOf(open, 'U0JON')

type Row = readonly [name: string, state: CoachState, label: string | null, says: RegExp]

const rows: readonly Row[] = [
  ['nothing was asked for', state({}), 'Send it', /1,164 pods run Istio 1\.30\.0/],
  ['somebody else would ask', state({ me: 'U0KIM' }), 'Continue as Lee', /Lee asks/],
  ['the command is sent', state({}, { askedFor: 900 }), null, /makes a plan/],
  ['no card came', state({}, { askedFor: 60_000 }), 'Send it', /send the command/],
  ['a card waits, and Lee looks', state({ messages: [approve] }), 'Continue as Mei', /you are Lee/],
  ['a card waits, and Mei looks', state({ me: 'U0MEI', messages: [approve] }), 'Approve it', /Read the card/],
  [
    'what the button would ask first is said',
    state({ me: 'U0MEI', messages: [asking] }),
    'Approve it',
    /approve it\. New pods get 1\.31\.0\. Undo takes 10 s\.$/,
  ],
  [
    'Mei has approved, two are needed',
    state({ me: 'U0MEI', messages: [approvedOnce] }, { pressed: new Set([byMei]), quietFor: 4000 }),
    'Continue as Jonas',
    /needs somebody/,
  ],
  [
    'Mei has just approved: hers may have been the last that was needed',
    state({ me: 'U0MEI', messages: [approve] }, { pressed: new Set([byMei]), quietFor: 200 }),
    null,
    /on its way/,
  ],
  [
    'Mei has approved and nothing came for long: others may yet',
    state({ me: 'U0MEI', messages: [approvedOnce] }, { pressed: new Set([byMei]), quietFor: 60_000 }),
    'Continue as Jonas',
    /needs somebody/,
  ],
  [
    'both have pressed, and nothing came for long',
    state({ me: 'U0MEI', messages: [approve] }, { pressed: new Set([byMei, byJonas]), quietFor: 60_000 }),
    'Approve it',
    /Read the card/,
  ],
  [
    'both have pressed',
    state({ me: 'U0MEI', messages: [approve] }, { pressed: new Set([byMei, byJonas]) }),
    null,
    /on its way/,
  ],
  [
    'approved, not started',
    state({ me: 'U0MEI', messages: [card('5.0', 'approval.start')] }),
    'Start it',
    /presses Start/,
  ],
  [
    'the newest card counts',
    state({ me: 'U0MEI', messages: [approve, card('7.0', 'approval.start')] }),
    'Start it',
    /presses Start/,
  ],
  ['a dialog is open', state({ me: 'U0MEI', messages: [approve], modals: [{ id: 'V1' }] }), null, /dialog is open/],
  ['it runs', state({ me: 'U0MEI', messages: [titled('▶️ Running', '8.0')], mesh: meshAt(0.3) }), null, /at work/],
  ['it failed', state({ messages: [begun, card('8.0', 'approval.reask')] }), 'Ask again', /the card says why/],
  [
    'it was undone',
    state({ messages: [begun, titled('↩️ Undone', '8.0', 'approval.reask')] }),
    'Ask again',
    /what was there is back/,
  ],
  ['rejected or expired', state({ messages: [begun, unwanted] }), 'Ask again', /^Nothing was changed/],
  [
    'rejected long ago, and a fresh card was started since',
    state({ messages: [unwanted, card('8.0', 'run.stop')] }),
    null,
    /at work/,
  ],
  [
    'undone, and the second try is done',
    state({ messages: [card('4.0', 'approval.reask'), begun], mesh: meshAt(0.3) }),
    'Skip to the next decision',
    /Switched and proven/,
  ],
  ['it was stopped', state({ messages: [begun, card('8.0', 'run.resume')] }), 'Resume it', /was stopped/],
  ['it halted', state({ messages: [begun, titled('⏸️ Halted', '8.0', 'run.resume')] }), 'Resume it', /needs a person/],
  ['it was resumed', state({ messages: [card('4.0', 'run.resume'), begun] }), null, /at work/],
  [
    'rejected, and an outsider looks',
    state({ me: 'U0KIM', messages: [unwanted] }),
    'Continue as Lee',
    /^Nothing was changed/,
  ],
  [
    'nothing happens for long',
    state({ messages: [begun] }, { quietFor: 60_000 }),
    'Skip to the next decision',
    /Nothing to decide/,
  ],
  [
    'switched and proven',
    state({ messages: [begun], mesh: meshAt(0.3) }),
    'Skip to the next decision',
    /Switched and proven/,
  ],
  ['time runs', state({ messages: [begun], mesh: meshAt(0.3), skipping: true }), 'Stop here', /Time runs/],
  [
    'Argo CD puts the webhook back, and Mei looks',
    state({ me: 'U0MEI', messages: [begun], mesh: putBack, troubles: [argocd] }, { quietFor: 60_000 }),
    'Go back',
    /Argo CD puts.*end the trouble, or go back/,
  ],
  [
    'Argo CD puts the webhook back, and Lee looks',
    state({ messages: [begun], mesh: putBack, troubles: [argocd] }),
    'Continue as Mei',
    /or go back/,
  ],
  [
    'a trouble that nobody has to go back for',
    state({ messages: [begun], mesh: meshAt(0.3), troubles: [away] }),
    null,
    /^Slack away: nothing is asked/,
  ],
  [
    'new pods are refused',
    state({ me: 'U0MEI', messages: [begun], mesh: wrong('failed calling webhook "x"') }),
    'Go back',
    /^New pods of istio-injection=enabled are refused/,
  ],
  ['new pods get nothing', state({ me: 'U0MEI', messages: [begun], mesh: wrong('none') }), 'Go back', /get no sidecar/],
  [
    'new pods are refused, and there is nothing to go back from',
    state({
      me: 'U0MEI',
      messages: [begun],
      mesh: { ...wrong('refused'), controlPlanes: meshAt(0).controlPlanes },
    }),
    null,
    /are refused/,
  ],
  [
    'returned',
    state({ messages: [begun, titled('↩️ Returned', '8.0', 'run.status')] }, { quietFor: 60_000 }),
    'Ask again',
    /get 1\.30\.0 again/,
  ],
  [
    'going back, and the new control plane is still there',
    state({ messages: [begun, titled('↩️ Returning', '8.0', 'run.status')], mesh: putBack }),
    null,
    /at work/,
  ],
  [
    'the old one may go',
    state({ me: 'U0MEI', messages: [begun, card('9.0', 'approval.approve')], mesh: meshAt(1) }),
    'Approve it',
    /Read the card/,
  ],
  ['done', state({ messages: [begun], mesh: gone }), 'Get the report', /nobody was restarted/],
  [
    'done, and somebody was restarted',
    state({ messages: [begun], mesh: { ...gone, restartedByUs: 2 } }),
    'Get the report',
    /touched 2 pods/,
  ],
  ['done, with the report asked for', state({ messages: [begun], mesh: gone }, { reported: true }), null, /^Done/],
]

test.each(rows)('%s', (_, given, label, says) => {
  const { say, act } = coach(given)
  expect({ say, label: act?.label ?? null }).toEqual({ say: expect.stringMatching(says), label })
})

describe('who could go on', () => {
  const refusal = message('6.0', { onlyForMe: true, text: 'You may not approve.' })
  const last = { user: 'U0LEE', what: 'decision', after: '5.0' } as const
  const names = (offer: ReturnType<typeof offerAfter>): string[] | null => offer?.people.map(({ name }) => name) ?? null

  test('the others who approve, under the answer', () => {
    const offer = offerAfter(page({ messages: [approve, refusal] }), last)
    expect([offer?.ts, names(offer)]).toEqual(['6.0', ['Mei', 'Jonas']])
  })

  test('nobody once the card is decided, nor for an older answer, nor after becoming somebody else', () => {
    expect(offerAfter(page({ messages: [begun, refusal] }), last)).toBeNull()
    expect(offerAfter(page({ messages: [approve, refusal] }), { ...last, after: '6.0' })).toBeNull()
    expect(offerAfter(page({ me: 'U0MEI', messages: [approve, refusal] }), last)).toBeNull()
  })

  test('whoever asks for upgrades, where the command of somebody else was refused', () => {
    const kim = { user: 'U0KIM', what: 'command', after: '5.0' } as const
    expect(names(offerAfter(page({ me: 'U0KIM', messages: [refusal] }), kim))).toEqual(['Lee'])
    expect(offerAfter(page({ messages: [refusal] }), { ...kim, user: 'U0LEE' })).toBeNull()
  })
})
