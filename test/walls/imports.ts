export type Import = { readonly specifier: string; readonly typeOnly: boolean; readonly line: number }

const statement = /^(?:import|export)\s+(type\s+)?[\w\s{},*$]+?\sfrom\s+['"]([^'"]+)['"]/gm
const bare = /^import\s+()['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*()['"`]([^'"`]+)['"`]/g

/**
 * Every import of a formatted file: statements, re-exports, imports for effect, dynamic imports. `typeOnly` is the whole
 * statement's `import type`; one that only marks its names is still loaded when it runs. `line` (from 1) is where the
 * statement begins.
 */
export function importsOf(source: string): readonly Import[] {
  return [statement, bare, dynamic].flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => ({
      specifier: match[2] ?? '',
      typeOnly: Boolean(match[1]),
      line: source.slice(0, match.index).split('\n').length,
    })),
  )
}

/** The source without comments, each line where it was. Good enough for formatted code: a `//` after a blank. */
export function withoutComments(source: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ')
  return source.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank).replace(/(^|\s)\/\/.*$/gm, blank)
}
