import type { Page } from 'playwright-core'

/** WCAG 2.2, 1.4.3: text against what is behind it; large text needs less. */
const LEAST = 4.5
const LEAST_LARGE = 3

/** Words on the page that stand out too little from what is behind them, as `words: ratio`. */
export async function faintWords(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate<readonly { words: string; ratio: number; isLarge: boolean }[]>(measure)
  return found
    .filter(({ ratio, isLarge }) => ratio < (isLarge ? LEAST_LARGE : LEAST))
    .map(({ words, ratio }) => `${words}: ${ratio.toFixed(2)}`)
}

/** Runs in the page. A canvas turns whatever CSS calls a colour into four bytes. */
const measure = `(() => {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const bytes = (color, below) => {
    context.clearRect(0, 0, 1, 1)
    if (below) { context.fillStyle = 'rgb(' + below.join(' ') + ')'; context.fillRect(0, 0, 1, 1) }
    context.fillStyle = color
    context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }
  const behind = (element) => {
    if (!element) return [255, 255, 255]
    const color = getComputedStyle(element).backgroundColor
    const own = bytes(color)
    if (own[3] === 255) return own.slice(0, 3)
    const below = behind(element.parentElement)
    return own[3] === 0 ? below : bytes(color, below).slice(0, 3)
  }
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = new Map()
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const words = walker.currentNode.textContent.trim()
    if (words === '' || !element.checkVisibility() || element.closest('.for-ears, .skip, :disabled')) continue
    const style = getComputedStyle(element)
    const back = behind(element)
    const lights = [light(bytes(style.color, back).slice(0, 3)), light(back)].sort((a, b) => b - a)
    const size = parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const one = { words: words.slice(0, 40), ratio: (lights[0] + 0.05) / (lights[1] + 0.05), isLarge }
    found.set(element.className + style.color + back, one)
  }
  return [...found.values()]
})()`
