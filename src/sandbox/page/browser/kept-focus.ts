import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

type Held = { readonly element: HTMLElement; readonly places: readonly string[] }

/**
 * When what has the focus goes away, the focus goes to the nearest thing that stays: its message, its list, the guide. Whoever
 * uses a keyboard would begin at the top of the page again.
 */
export function useKeptFocus(): void {
  const held = useRef<Held | null>(null)
  useEffect(() => {
    const note = ({ target }: Event): void => {
      if (target instanceof HTMLElement) held.current = { element: target, places: placesOf(target, held.current) }
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
    for (const place of held.current.places) {
      const element = document.querySelector<HTMLElement>(place)
      if (element !== null && element.offsetParent !== null) return element.focus({ preventScroll: true })
    }
  })
}

/** Where the focus can go, best first. A dialog's goes where it came from. */
function placesOf(element: HTMLElement, before: Held | null): readonly string[] {
  if (element.closest('dialog') !== null) return before?.places ?? ['.messages']
  const message = element.closest<HTMLElement>('[data-ts]')?.dataset['ts']
  const around = ['.thread .messages', '.coach', '.mesh'].filter((place) => element.closest(place) !== null)
  return [...(message === undefined ? [] : [`[data-ts="${message}"]`]), ...around, '.messages']
}
