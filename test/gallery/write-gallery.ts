// Writes what Meshferry shows in Slack: npm run gallery [-- FOLDER]. Everything as JSON, and as one page to look at.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { galleryPage } from './gallery-page.ts'
import { gallery } from './gallery.ts'

const folder = resolve(process.argv[2] ?? 'gallery')
const entries = gallery()
mkdirSync(folder, { recursive: true })
const files = { json: join(folder, 'gallery.json'), page: join(folder, 'index.html') }
writeFileSync(files.json, `${JSON.stringify(entries, null, 2)}\n`)
writeFileSync(files.page, galleryPage(entries))
console.log(`${entries.length} entries\n${files.json}\n${files.page}`)
