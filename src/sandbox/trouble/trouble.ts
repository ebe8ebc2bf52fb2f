export const troubleNames = ['argocd', 'istiod-dies', 'slack-away', 'redis-flushed', 'worker-killed'] as const

export type TroubleName = (typeof troubleNames)[number]

/** Something that goes wrong at the press of a button, and what came of it. */
export type Trouble = {
  readonly name: TroubleName
  /** `Argo CD puts the webhook back`. */
  readonly label: string
  /** Where it would bite now, in words; null while it would hit nothing. */
  readonly bites: () => string | null
  /** Makes it happen; resolves when it is over or lasts by itself. False where it would have hit nothing: then nothing was done. */
  readonly start: () => Promise<boolean>
  /** Ends a trouble that lasts; null where it is over by itself. */
  readonly end: (() => Promise<void>) | null
  readonly state: () => TroubleState
}

export type TroubleState =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'on'; readonly since: number }
  /** What was lost by it, as the sandbox counted: `nothing`, or what. */
  | { readonly kind: 'over'; readonly since: number; readonly lost: string }
