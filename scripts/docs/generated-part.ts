const BEGIN = '<!-- generated: node scripts/run.mjs scripts/write-docs.ts -->'
const END = '<!-- end of what is generated -->'

/** The page with its generated part replaced; what people wrote around it stays. Throws where the marks are missing. */
export function withGenerated(page: string, part: string): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`the page lacks "${BEGIN}" or "${END}"`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${part.trim()}\n\n${page.slice(end)}`
}
