import type { Trouble, TroubleState } from './trouble.ts'

type Lasting = Pick<Trouble, 'name' | 'label' | 'bites'> & {
  readonly now: () => number
  /** Looks at things as they are; the result says what was lost since. */
  readonly losses: () => () => string
  /** False where it hit nothing. */
  readonly begin: () => Promise<boolean>
  /** Null for a trouble that is over as soon as `begin` has resolved. */
  readonly finish: (() => Promise<void>) | null
}

/**
 * A trouble with its state around what it does. One that is on is not begun again; one that is off is not ended; one that would hit
 * nothing, or could not begin, leaves no trace in the state.
 */
export function newTrouble({ name, label, bites, now, losses, begin, finish }: Lasting): Trouble {
  let on: { readonly since: number; readonly lost: () => string } | null = null
  let over: { readonly since: number; readonly lost: () => string } | null = null
  const isOver = (): void => {
    over = on
    on = null
  }
  return {
    name,
    label,
    bites,
    start: async () => {
      if (on) return true
      if (bites() === null) return false
      on = { since: now(), lost: losses() }
      const hasBegun = await begin().catch((error: unknown) => {
        on = null
        throw error
      })
      if (!hasBegun) on = null
      else if (!finish) isOver()
      return hasBegun
    },
    end:
      finish === null
        ? null
        : async () => {
            if (!on) return
            await finish()
            isOver()
          },
    state: (): TroubleState => {
      if (on) return { kind: 'on', since: on.since }
      return over ? { kind: 'over', since: over.since, lost: over.lost() } : { kind: 'quiet' }
    },
  }
}
