import type { Act, ActAnswer } from '../acts.ts'
import type { PageState, StateChange } from '../page-state.ts'
import { applyChange } from './apply-change.ts'

/** The page's state as it comes from the server, and the way to do something about it. */
export type Store = {
  /** Null until the first state is there. */
  readonly state: () => PageState | null
  readonly connected: () => boolean
  readonly listen: (listener: () => void) => () => void
  /** Looks through another person from now on. */
  readonly be: (user: string) => void
  readonly act: (act: Act) => Promise<ActAnswer>
}

export function openStore(): Store {
  const values = new Map<string, unknown>()
  const listeners = new Set<() => void>()
  const at: { source: EventSource | null; state: PageState | null; connected: boolean; user: string } = {
    source: null,
    state: null,
    connected: false,
    user: '',
  }
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const connect = (): void => {
    at.source?.close()
    const source = new EventSource(`/events?as=${encodeURIComponent(at.user)}`)
    let fresh = true
    source.addEventListener('open', () => (fresh = true))
    source.addEventListener('message', ({ data }) => {
      // The first event of a connection carries everything there is.
      if (fresh) values.clear()
      at.state = applyChange(values, fresh ? null : at.state, JSON.parse(String(data)) as StateChange)
      fresh = false
      at.user = at.state.demo.me
      at.connected = true
      tell()
    })
    source.addEventListener('error', () => {
      at.connected = false
      tell()
    })
    at.source = source
  }
  connect()
  return {
    state: () => at.state,
    connected: () => at.connected,
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    be: (user) => {
      at.user = user
      connect()
    },
    act: (act) => postAct(at.user, act),
  }
}

async function postAct(as: string, act: Act): Promise<ActAnswer> {
  try {
    const body = JSON.stringify({ as, act })
    const answer = await fetch('/act', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return (await answer.json()) as ActAnswer
  } catch {
    return { ok: false, say: 'The demo does not answer. Is it still running in the terminal?' }
  }
}
