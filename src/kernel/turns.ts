/** Runs acts one after the other in the order they came; a failed act doesn't hold up the next. */
export type Turns = <T>(act: () => Promise<T>) => Promise<T>

export function newTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const turn = last.then(act, act)
    last = turn.catch(() => undefined)
    return turn
  }
}
