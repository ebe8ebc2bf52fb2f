import { benchCensus } from './census.ts'
import { benchClicks } from './clicks.ts'
import { benchInstall } from './install.ts'
import { benchMemory } from './memory.ts'
import type { Bench } from './row.ts'
import { tableOf } from './row.ts'
import { benchStatus } from './status.ts'

/**
 * `npm run bench [-- NAME …]`: prints what was measured beside its target. It never fails on time: a loaded machine is no
 * broken program.
 */
const BENCHES: Readonly<Record<string, Bench>> = {
  clicks: benchClicks,
  memory: benchMemory,
  install: benchInstall,
  census: benchCensus,
  status: benchStatus,
}

async function main(wanted: readonly string[]): Promise<number> {
  const names = wanted.length > 0 ? wanted : Object.keys(BENCHES)
  const unknown = names.filter((name) => !BENCHES[name])
  if (unknown.length > 0) {
    console.error(`No bench is called ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.`)
    return 64
  }
  const rows = []
  for (const name of names) rows.push(...((await BENCHES[name]?.()) ?? []))
  console.log(tableOf(rows))
  return 0
}

process.exitCode = await main(process.argv.slice(2))
