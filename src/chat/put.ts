/**
 * What one attempt came to. `waitMs` is Slack's own Retry-After; without it the caller backs off. `lost`: it may stand
 * there more than once, and is not posted again. `late`: it is not in Slack, and nobody needs it there any more.
 */
export type Put =
  | {
      readonly ok: true
      readonly channel: string
      readonly ts: string
      readonly revision: number
      readonly posted: boolean
    }
  | { readonly ok: false; readonly error: string; readonly waitMs?: number; readonly lost?: true; readonly late?: true }
