/** The facts of an error or gate: what `words` needs to make the sentence. Never secrets. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/**
 * Every error that a person may see: a stable code (wire/codes.ts) and facts. The sentence and the next action are made
 * from them by the room `words`, so that chat, log and audit say the same.
 */
export class CodedError extends Error {
  readonly code: string
  readonly facts: Facts

  constructor(code: string, facts: Facts = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(facts)}`, options)
    this.name = 'CodedError'
    this.code = code
    this.facts = facts
  }
}

/** A value answer that is not an exception: what a gate or a pure function says when the answer is no. */
export type Refusal = { readonly code: string; readonly facts: Facts }

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refuse<T>(code: string, facts: Facts = {}): Result<T> {
  return { ok: false, refusal: { code, facts } }
}

/** The code and facts of anything thrown; what nobody foresaw becomes INTERNAL with its message. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof CodedError) return { code: error.code, facts: error.facts }
  return { code: 'INTERNAL', facts: { message: messageOf(error) } }
}

/** What an error says, in its own words: also of one that was made in another realm, which is no `instanceof Error` here. */
export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined
  return typeof message === 'string' ? message : String(error)
}
