/** Text that is HTML already; everything else is escaped where it is put in. */
export type Html = { readonly html: string }

type Part = Html | string | number | readonly Html[]

/** A template whose values are escaped unless they are HTML: what a cluster or a person wrote never becomes markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.map((string, i) => string + (i < parts.length ? shown(parts[i] ?? '') : ''))
  return { html: text.join('') }
}

function shown(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map((one) => one.html).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}
