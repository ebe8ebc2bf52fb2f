// Brings the generated parts of docs/, and deploy/slack-manifest.yaml, up to date: node scripts/run.mjs scripts/write-docs.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { withGenerated } from './docs/generated-part.ts'
import { MANIFEST } from './docs/manifest.ts'
import { PAGES } from './docs/pages.ts'

for (const { file, part } of PAGES) writeFileSync(file, withGenerated(readFileSync(file, 'utf8'), part()))
writeFileSync(MANIFEST.file, MANIFEST.text())
