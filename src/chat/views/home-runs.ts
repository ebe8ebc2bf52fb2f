import { tame } from '../escape.ts'
import { context, section, type Block } from './blocks.ts'
import { migrationLines } from './migration.ts'
import { put, told, type Look } from './look.ts'
import { statusButton } from './run-buttons.ts'
import { runFacts, type Known } from './status.ts'

/** More clusters than this are never drawn. */
const CLUSTERS = 12
/** Runs in these states are over. */
const OVER: readonly string[] = ['done', 'ended', 'returned']

/** Every upgrade that runs, with where it stands; and the clusters of which nothing is known. */
export function homeRuns(known: readonly Known[], look: Look): Block[] {
  const rows = known.flatMap((each) => rowOf(each, look))
  if (rows.length === 0) return [section(put(look, 'homeNoRuns'))]
  const left = rows.length - CLUSTERS
  return [...rows.slice(0, CLUSTERS), ...(left > 0 ? [context(put(look, 'statusMore', { n: left }))] : [])]
}

function rowOf({ cluster, status }: Known, look: Look): Block[] {
  if (!status) return [section(put(look, 'homeUnknown', { cluster }))]
  const { run, census } = status
  if (!run || OVER.includes(run.state)) return []
  const trouble = [...(run.halted ? [run.halted] : []), ...run.alarms]
  const lines = [
    `*${tame(cluster)}*   ${put(look, 'statusRun', runFacts(run, look))}`,
    ...(census ? migrationLines(census, look).slice(0, 1) : []),
    ...trouble.slice(0, 2).map((coded) => `🚨 ${told(look, coded).what}`),
  ]
  return [{ ...section(lines.join('\n')), accessory: statusButton(cluster, look) }]
}
