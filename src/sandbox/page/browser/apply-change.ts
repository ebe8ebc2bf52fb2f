import type { MessagePart, PageState, Parts, StateChange } from '../page-state.ts'

/** Parts and messages by key, as they came. */
export type Values = Map<string, unknown>

/**
 * The state after a change, `values` being changed with it. What did not change stays the very same object, and so do the
 * messages when none of them did, so that nothing has to be drawn again.
 */
export function applyChange(values: Values, before: PageState | null, change: StateChange): PageState {
  for (const [key, value] of Object.entries(change.set)) values.set(key, value)
  for (const key of change.gone) values.delete(key)
  const parts = Object.fromEntries([...values].filter(([key]) => !isMessage(key))) as unknown as Parts
  const same = before !== null && ![...Object.keys(change.set), ...change.gone].some(isMessage)
  return { ...parts, messages: same ? before.messages : messagesOf(values) }
}

function isMessage(key: string): boolean {
  return key.startsWith('m:')
}

function messagesOf(values: Values): MessagePart[] {
  const messages = [...values].filter(([key]) => isMessage(key)).map(([, value]) => value as MessagePart)
  return messages.toSorted((one, other) => Number(one.ts) - Number(other.ts))
}
