import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { textOf, type Json } from '../../../slack-server/json.ts'

/** The page loads nothing from elsewhere: such a picture is shown by its words. */
export function drawPicture(image: Json, style: string): VNode {
  const [url, words] = [textOf(image['image_url']), textOf(image['alt_text'])]
  if (url.startsWith('data:image/')) return html`<img class=${style} src=${url} alt=${words} />`
  return html`<span class=${`${style} picture-words`} role="img" aria-label=${words}>${words}</span>`
}
