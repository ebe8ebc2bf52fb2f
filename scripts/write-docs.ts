// Brings the generated parts of docs/ up to date: node scripts/run.mjs scripts/write-docs.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { withGenerated } from './docs/generated-part.ts'
import { PAGES } from './docs/pages.ts'

for (const { file, part } of PAGES) writeFileSync(file, withGenerated(readFileSync(file, 'utf8'), part()))
