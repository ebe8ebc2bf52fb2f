// Adds to package-lock.json the optional packages of other platforms, which npm leaves out when it could not look them
// up while writing the lock; `npm ci` refuses a lock without them. Run it after every `npm install` that changed the lock.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingOptionals, platformOf } from './lib/lock.mjs'
import { root } from './lib/paths.mjs'

const path = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const missing = missingOptionals(lock.packages)
for (const { name, version, dev } of missing) {
  const entry = { version, ...platformOf(name), ...(dev ? { dev: true } : {}), optional: true }
  lock.packages[`node_modules/${name}`] = entry
}
const sorted = Object.entries(lock.packages).toSorted(([one], [other]) => one.localeCompare(other, 'en'))
lock.packages = Object.fromEntries(sorted)
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${missing.length} packages of other platforms added to package-lock.json.`)
