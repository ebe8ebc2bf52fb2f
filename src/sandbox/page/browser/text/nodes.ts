/** Text as Slack's markup means it: a tree that is drawn node by node, so nothing in it can become markup of the page. */
export type TextNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly TextNode[] }
  | { readonly kind: 'heading' | 'quote'; readonly children: readonly TextNode[] }
  | { readonly kind: 'code' | 'pre'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly TextNode[])[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly TextNode[] }
  | { readonly kind: 'user' | 'group' | 'channel'; readonly id: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | { readonly kind: 'emoji'; readonly name: string }
  | {
      readonly kind: 'date'
      /** Epoch seconds. */
      readonly at: number
      readonly format: string
      readonly fallback: string
    }

/** Addresses that a link may lead to; anything else is only text. */
export function isSafeUrl(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url)
}
