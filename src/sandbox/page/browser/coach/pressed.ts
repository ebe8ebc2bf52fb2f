import type { OpenButton } from './open-buttons.ts'

/**
 * One person's press of one button. Its value is `<id>.<revision>`; the revision rises with each decision that is recorded,
 * and the button stays the same one.
 */
export function keyOf({ channel, ts, actionId, value }: OpenButton, user: string): string {
  return `${user} ${channel} ${ts} ${actionId} ${value.replace(/\.[^.]*$/, '')}`
}

/** The newest press is the last. */
export function withPress(pressed: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return withoutPress(pressed, key).add(key)
}

export function withoutPress(pressed: ReadonlySet<string>, key: string): Set<string> {
  return new Set([...pressed].filter((one) => one !== key))
}

/** Whoever closes a dialog has not decided yet: what this person pressed last, which opened it, was not pressed. */
export function afterClosing(pressed: ReadonlySet<string>, user: string): ReadonlySet<string> {
  const last = [...pressed].findLast((key) => key.startsWith(`${user} `))
  return last === undefined ? pressed : withoutPress(pressed, last)
}
