import { join } from 'node:path'
import { codesPart } from './codes-part.ts'
import { settingsPart } from './settings-part.ts'

const DOCS = join(import.meta.dirname, '..', '..', 'docs')

type Page = { readonly name: string; readonly file: string; readonly part: () => string }

/** Pages with a part that is made from the code, and that part. */
export const PAGES: readonly Page[] = [page('runbook.md', codesPart), page('configuration.md', settingsPart)]

function page(name: string, part: () => string): Page {
  return { name, file: join(DOCS, name), part }
}
