import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

type Held = {
  readonly element: HTMLElement
  /** Where a dialog was opened from; null outside of dialogs. */
  readonly opener: HTMLElement | null
  readonly places: readonly string[]
}

/**
 * When what has the focus goes away, the focus goes to the nearest thing that stays: its message, its list, the guide. Whoever
 * uses a keyboard would begin at the top of the page again.
 */
export function useKeptFocus(): void {
  const held = useRef<Held | null>(null)
  useEffect(() => {
    const note = ({ target }: Event): void => {
      if (target instanceof HTMLElement) held.current = heldAt(target, held.current)
    }
    const forget = (): void => void (held.current = null)
    document.addEventListener('focusin', note)
    document.addEventListener('pointerdown', forget)
    return () => {
      document.removeEventListener('focusin', note)
      document.removeEventListener('pointerdown', forget)
    }
  }, [])
  useLayoutEffect(() => {
    if (held.current === null || held.current.element.isConnected) return
    if (document.activeElement !== document.body) return
    if (held.current.opener?.isConnected === true) return held.current.opener.focus()
    for (const place of held.current.places) {
      const element = document.querySelector<HTMLElement>(place)
      if (element !== null && element.offsetParent !== null) return element.focus({ preventScroll: true })
    }
  })
}

/** A dialog's focus goes back to where it came from; any other to what is around it, best first. */
function heldAt(element: HTMLElement, before: Held | null): Held {
  const places = ['.messages']
  if (element.closest('dialog') !== null)
    return { element, opener: before?.opener ?? before?.element ?? null, places: before?.places ?? places }
  const message = element.closest<HTMLElement>('[data-ts]')?.dataset['ts']
  const around = ['.thread .messages', '.coach', '.mesh'].filter((place) => element.closest(place) !== null)
  if (message !== undefined) around.unshift(`[data-ts="${message}"]`)
  return { element, opener: null, places: [...around, ...places] }
}
