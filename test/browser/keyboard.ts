import type { Page } from 'playwright-core'

/** Where the focus is: what it is called, what shows it, and whether it can be seen. */
type Stop = {
  readonly name: string
  readonly isNowhere: boolean
  readonly isRinged: boolean
  readonly isInView: boolean
  readonly isInDialog: boolean
}

/** Looks at the element that has the focus. Runs in the page, so it names nothing from outside. */
const lookAtFocus = `(() => {
  const element = document.activeElement ?? document.body
  const shown = element.matches('.composer-box input') ? element.closest('.composer-box') : element
  const style = getComputedStyle(shown)
  const box = shown.getBoundingClientRect()
  const words = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? ''
  return {
    name: words.trim().replaceAll(/\\s+/g, ' '),
    isNowhere: element === document.body,
    isRinged: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
    isInView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isInDialog: element.closest('dialog') !== null,
  }
})()`

export function focusOf(page: Page): Promise<Stop> {
  return page.evaluate<Stop>(lookAtFocus)
}

/** Presses the key until the focus is on what is called so. Throws where a stop on the way can't be seen, and after 120 stops. */
export async function goTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Stop> {
  const passed: string[] = []
  for (let stops = 0; stops < 120; stops += 1) {
    await page.keyboard.press(key)
    const stop = await focusOf(page)
    if (!stop.isNowhere && !(stop.isRinged && stop.isInView))
      throw new Error(`the focus can't be seen: ${JSON.stringify(stop)}`)
    if (name.test(stop.name)) return stop
    passed.push(stop.name.slice(0, 24))
  }
  throw new Error(`${key} does not come to ${name}: ${passed.join(' | ')}`)
}
