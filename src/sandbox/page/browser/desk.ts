import { useEffect, useState } from 'preact/hooks'
import { objectOf, textOf, type Json } from '../../slack-server/json.ts'
import type { Act, ActAnswer, Place } from '../acts.ts'
import type { PageState } from '../page-state.ts'
import type { Pressed } from './blocks/show.ts'
import type { LastAct } from './coach/offers.ts'
import type { OpenButton } from './coach/open-buttons.ts'
import { keyOf, withoutPress, withPress } from './coach/pressed.ts'
import type { Store } from './store.ts'

/** What is open in a pane: a channel, the App Home, or nothing but the mesh on a phone. */
export type Pane =
  | { readonly kind: 'channel'; readonly id: string }
  | { readonly kind: 'home' }
  | { readonly kind: 'mesh' }

export type Question = { readonly confirm: Json; readonly yes: () => void }

/** What belongs to this visitor's view alone. */
type DeskState = {
  readonly pane: Pane
  readonly thread: string | null
  readonly question: Question | null
  readonly toast: string | null
  readonly errors: Readonly<Record<string, string>>
  readonly pressed: ReadonlySet<string>
  readonly last: LastAct | null
  readonly askedAt: number | null
  readonly reported: boolean
  /** Newest message seen, by person and channel. */
  readonly seen: Readonly<Record<string, number>>
  readonly coachOpen: boolean
}

export type Desk = DeskState & {
  /** The same object as long as nothing of the visitor's own has changed. */
  readonly state: DeskState
  readonly change: (change: Partial<DeskState>) => void
  readonly be: (user: string) => void
  readonly act: (act: Act) => Promise<ActAnswer>
  readonly send: (channel: string, text: string, threadTs?: string) => Promise<ActAnswer>
  /** Presses what is in a block; asks first where the element has a confirm dialog, unless that was answered. */
  readonly press: (place: Place, pressed: Pressed, confirmed?: boolean) => void
  readonly pressButton: (button: OpenButton) => void
}

const start: DeskState = {
  pane: { kind: 'channel', id: '' },
  thread: null,
  question: null,
  toast: null,
  errors: {},
  pressed: new Set(),
  last: null,
  askedAt: null,
  reported: false,
  seen: {},
  coachOpen: true,
}

/** The visitor's own state, and what can be done from anywhere on the page. */
export function useDesk(store: Store, page: PageState | null): Desk {
  const [state, setState] = useState(start)
  const change = (given: Partial<DeskState>): void => setState((before) => ({ ...before, ...given }))
  useEffect(() => {
    if (state.toast === null) return
    const timer = setTimeout(() => change({ toast: null }), 6000)
    return () => clearTimeout(timer)
  }, [state.toast])
  const act = async (given: Act): Promise<ActAnswer> => {
    const answer = await store.act(given)
    if (answer.say !== undefined) change({ toast: answer.say })
    return answer
  }
  const press: Desk['press'] = (place, pressed, confirmed = false) => {
    const confirm = pressed.element['confirm']
    if (confirm !== undefined && !confirmed) {
      const yes = (): void => {
        change({ question: null })
        press(place, pressed, true)
      }
      return change({ question: { confirm: objectOf(confirm), yes } })
    }
    const key = page === null ? null : pressKey(page, place, pressed)
    if (page !== null && key !== null)
      setState((before) => ({ ...before, ...rememberPress(page, before, key, pressed) }))
    void act(actOf(place, pressed)).then(({ ok }) => {
      // What did not arrive was not pressed.
      if (!ok && key !== null) setState((before) => ({ ...before, pressed: withoutPress(before.pressed, key) }))
    })
  }
  return {
    ...state,
    state,
    change,
    act,
    press,
    be: (user) => {
      change({ thread: null, question: null, errors: {} })
      store.be(user)
    },
    send: (channel, text, threadTs) => {
      if (page !== null && text.startsWith('/')) change(rememberCommand(page, text))
      return act(sentAct(channel, text, threadTs))
    },
    pressButton: ({ channel, ts, blockId, element }) =>
      press({ kind: 'message', channel, ts }, { element, blockId, chosen: null }, true),
  }
}

function sentAct(channel: string, text: string, threadTs?: string): Act {
  if (text.startsWith('/')) return { kind: 'command', channel, text }
  return { kind: 'say', channel, text, ...(threadTs ? { threadTs } : {}) }
}

function actOf(place: Place, { element, blockId, chosen }: Pressed): Act {
  const what = { place, actionId: textOf(element['action_id']), ...(blockId === '' ? {} : { blockId }) }
  if (chosen !== null) return { kind: 'select', ...what, value: typeof chosen === 'object' ? [...chosen] : chosen }
  if (element['type'] !== 'button') return { kind: 'select', ...what, value: null }
  const value = textOf(element['value'])
  return { kind: 'click', ...what, ...(value === '' ? {} : { value }) }
}

function newest(page: PageState): string {
  return page.messages.at(-1)?.ts ?? '0'
}

/** Null for what is in no message. */
function pressKey(page: PageState, place: Place, { element, blockId }: Pressed): string | null {
  if (place.kind !== 'message') return null
  const { channel, ts } = place
  const [actionId, value] = [textOf(element['action_id']), textOf(element['value'])]
  return keyOf({ channel, ts, actionId, blockId, value, element }, page.demo.me)
}

function rememberPress(page: PageState, before: DeskState, key: string, { element }: Pressed): Partial<DeskState> {
  const pressed = withPress(before.pressed, key)
  const isDecision = /^approval\.(approve|start)$/.test(textOf(element['action_id']))
  return isDecision ? { pressed, last: { user: page.demo.me, what: 'decision', after: newest(page) } } : { pressed }
}

function rememberCommand(page: PageState, text: string): Partial<DeskState> {
  if (/^\S+\s+report\b/.test(text)) return { reported: true }
  if (!/^\S+\s+upgrade\b/.test(text)) return {}
  return { last: { user: page.demo.me, what: 'command', after: newest(page) }, askedAt: Date.now() }
}
