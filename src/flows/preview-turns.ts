import { newTurns } from '../kernel/turns.ts'

/**
 * Previews are made beside the queue of requests, so that none holds up a click; one at a time, and of one person only the newest
 * that waits: who chooses another version wants to know no more of the one before.
 */
export type PreviewTurns = (user: string, act: () => Promise<void>) => Promise<void>

export function newPreviewTurns(): PreviewTurns {
  const turns = newTurns()
  const newest = new Map<string, symbol>()
  return (user, act) => {
    const own = Symbol(user)
    newest.set(user, own)
    return turns(async () => {
      if (newest.get(user) !== own) return
      newest.delete(user)
      await act()
    })
  }
}
