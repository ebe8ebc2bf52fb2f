import type { UpgradeReport } from '../../wire/read-model.ts'
import { notification, tame } from '../escape.ts'
import { cut } from '../limits.ts'
import { context, section, type Block, type Card } from './blocks.ts'
import { fits, fitted, type Room } from './fit.ts'
import { put, type Look } from './look.ts'
import { runStateText } from './run-state.ts'
import { fromText, phaseText } from './versions.ts'

/** The last upgrade of one cluster that ended, as its worker wrote it; null where there was none. */
export type KnownReport = { readonly cluster: string; readonly report: UpgradeReport | null }

/** More clusters than this are never drawn in one answer. */
const MOST = 6
const FILES_CHARS = 700

/** The answer to `report`: the four numbers, who decided, what was proven, and where the evidence is. As many clusters as fit. */
export function reportCard(known: readonly KnownReport[], command: string, look: Look): Card {
  for (let shown = Math.min(MOST, known.length); ; shown -= 1) {
    const card = fitted((room) => cardOf(known, shown, { command, look, room }))
    if (shown <= 1 || fits(card)) return card
  }
}

type Drawing = { readonly command: string; readonly look: Look; readonly room: Room }

function cardOf(known: readonly KnownReport[], count: number, drawing: Drawing): Card {
  const { look, command } = drawing
  const shown = known.slice(0, count)
  const left = known.length - count
  return {
    text: notification(shown.map((one) => textOf(one, command, look)).join(' ')),
    blocks: [
      ...shown.flatMap((one) => blocksOf(one, drawing)),
      ...(left > 0 ? [context(put(look, 'statusMore', { n: left }))] : []),
    ],
  }
}

function textOf({ cluster, report }: KnownReport, command: string, look: Look): string {
  if (!report) return put(look, 'reportNone', { cluster, command })
  const { moved, written } = numbersOf(report, look)
  return put(look, 'reportText', { ...aboutOf(report, look), state: runStateText(look, report.state), moved, written })
}

function blocksOf({ cluster, report }: KnownReport, { command, look, room }: Drawing): Block[] {
  if (!report) return [section(put(look, 'reportNone', { cluster, command }))]
  const { moved, written } = numbersOf(report, look)
  const lines = [
    `*${put(look, 'reportTitle', aboutOf(report, look))}*`,
    runStateText(look, report.state),
    `${put(look, 'reportMoved')}: *${moved}*   ${put(look, 'reportWritten')}: *${written}*`,
    ...ownersLine(report, look),
    `${put(look, 'reportClicks')}: *${report.numbers.clicks}*   ${put(look, 'reportDays')}: *${report.numbers.days}*`,
    put(look, 'reportRequested', { by: tame(look.name(report.requestedBy)), at: report.requestedAt }),
    ...report.approvals.slice(0, Math.max(4, room.items)).map((one) => approvalLine(one, look)),
    put(look, 'reportProven', { n: report.proven, alarms: report.alarms }),
  ]
  return [section(lines.join('\n')), context(footer(report, look))]
}

function ownersLine({ numbers: { ownerRestarts = 0 } }: UpgradeReport, look: Look): readonly string[] {
  return ownerRestarts > 0 ? [`${put(look, 'restartsByOwners')}: *${ownerRestarts}*`] : []
}

function aboutOf({ cluster, from, to }: UpgradeReport, look: Look) {
  return { cluster, from: fromText(look, from), to: to.version }
}

function numbersOf({ numbers }: UpgradeReport, look: Look): { readonly moved: string; readonly written: string } {
  const shown = (value: number | null): string => (value === null ? put(look, 'reportUnknown') : String(value))
  return { moved: shown(numbers.podsMoved), written: shown(numbers.tenantWorkloadsWritten) }
}

function approvalLine({ phase, by, startedBy }: UpgradeReport['approvals'][number], look: Look): string {
  return put(look, 'reportApproved', {
    phase: phaseText(look, phase),
    by: by.map((id) => look.name(id)),
    ...(startedBy ? { startedBy: look.name(startedBy) } : {}),
  })
}

function footer({ audit, files, cluster }: UpgradeReport, look: Look): string {
  const { broken, ...facts } = audit
  const chain = broken === null ? put(look, 'reportAudit', facts) : put(look, 'reportAuditBroken', { broken })
  const where = files ? put(look, 'reportFiles', { files }) : put(look, 'reportFilesCtl', { cluster })
  return `${chain}\n${cut(where, FILES_CHARS)}`
}
