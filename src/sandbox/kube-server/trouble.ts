import { sleep } from '../../kernel/retry.ts'

/** What goes wrong with a matching request, and how often. */
export type Trouble = {
  /** GET, POST, …; every method when absent. A watch is a GET whose `watch` query is set. */
  readonly method?: string
  /** Tested against path and query, as in `/api/v1/pods?limit=500`. */
  readonly path: RegExp
  /** How many requests it hits (default: until lifted), after letting `after` matching ones through. */
  readonly times?: number
  readonly after?: number
} & (
  | { readonly kind: 'status'; readonly code: number; readonly message?: string; readonly retryAfterSeconds?: number }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'hangUp' }
  /** The request is carried out and the connection breaks before the answer: the client can't know. */
  | { readonly kind: 'lostAnswer' }
  /** Answered after this time; carried out after it too. */
  | { readonly kind: 'slow'; readonly delayMs: number }
)

export type Troubles = {
  readonly add: (trouble: Trouble) => () => void
  /** The trouble that hits this request, counted. */
  readonly hit: (method: string, url: string) => Trouble | undefined
}

export function newTroubles(): Troubles {
  const active = new Map<Trouble, { seen: number }>()
  return {
    add: (trouble) => {
      active.set(trouble, { seen: 0 })
      return () => active.delete(trouble)
    },
    hit: (method, url) => {
      for (const [trouble, count] of active) {
        if (trouble.method && trouble.method !== method) continue
        if (!trouble.path.test(url)) continue
        count.seen += 1
        const nth = count.seen - (trouble.after ?? 0)
        if (nth >= 1 && nth <= (trouble.times ?? Infinity)) return trouble
      }
      return undefined
    },
  }
}

export async function waitOut(trouble: Trouble | undefined): Promise<void> {
  if (trouble?.kind === 'slow') await sleep(trouble.delayMs)
}
