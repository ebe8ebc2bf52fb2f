import { createInterface } from 'node:readline/promises'
import { newAudit } from '../audit/audit.ts'
import { newEvidenceFiles } from '../audit/evidence-files.ts'
import { auditVerdict } from '../cli/audit-verdict.ts'
import { ctlArguments, type CtlArguments } from '../cli/ctl-arguments.ts'
import { ctlReport } from '../cli/ctl-report.ts'
import { ctlStatus, stepLines } from '../cli/ctl-status.ts'
import type { Outcome, Say } from '../cli/outcome.ts'
import { whoAmI } from '../cli/who-am-i.ts'
import { newAuditStorage } from '../cluster/audit-storage.ts'
import { newCensusStore } from '../cluster/census-store.ts'
import { LEASE_TIMES, newLeadership } from '../cluster/lease.ts'
import { newRunStore } from '../cluster/run-store.ts'
import { newStepTray, rollBackByHand, stopByHand, type StepTray } from '../flows/act-by-hand.ts'
import { readEvidence } from '../flows/read-evidence.ts'
import { newRunKeeper } from '../flows/run-keeper.ts'
import { CodedError, type Refusal } from '../kernel/errors.ts'
import type { ByHand } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import { openCtl, type OpenCtl } from './ctl-parts.ts'
import { openContextWith } from './worker-context.ts'

/** Where a command reads its line of text and prints; a terminal, or a test. */
export type Terminal = {
  readonly print: (line: string) => void
  /** Asks a question; null where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | null
}

/**
 * `meshferry ctl`: one cluster from a terminal with a kubeconfig, without Slack and Redis. `status`, `report` and `verify-audit`
 * only read; `stop` and `rollback` are for when nothing else answers: they want a reason, and everybody is told of them.
 */
export async function ctl(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
  say: Say,
): Promise<number> {
  const args = ctlArguments(argv)
  const open = await openCtl(args, env)
  try {
    const { lines, exitCode } = await outcomeOf(args, open, terminal, say)
    for (const line of lines) terminal.print(line)
    return exitCode
  } finally {
    await open.http.close()
  }
}

async function outcomeOf(args: CtlArguments, open: OpenCtl, terminal: Terminal, say: Say): Promise<Outcome> {
  const store = newRunStore(open.maps, open.seals)
  if (args.act === 'status') {
    return ctlStatus(open.seals.cluster, (await store.active())?.run ?? (await store.lastEnded()), say)
  }
  if (args.act === 'report') return report(args, open, say)
  if (args.act === 'verify-audit') {
    return auditVerdict(await newAudit(newAuditStorage(open.maps, open.seals)).verify(), say)
  }
  if (!(await store.active())) return ended({ code: 'NO_RUN', facts: {} }, say)
  const by: ByHand = { name: await whoAmI(open.cluster), reason: args.reason ?? (await reasonFrom(terminal)) }
  if (args.act === 'rollback') return ended(await rollBack(open, by, terminal, say), say)
  const runs = newRunKeeper(store, open.parts.policy, () => undefined)
  return ended(await stopByHand(runs, by, open.parts.clocks.calendar.now()), say)
}

/** The evidence of the run that is open, or was last, as two files; without a folder its numbers are only printed. */
async function report({ to }: CtlArguments, open: OpenCtl, say: Say): Promise<Outcome> {
  const { maps, seals, parts, cluster } = open
  const store = newRunStore(maps, seals)
  const run = (await store.active())?.run ?? (await store.lastEnded())
  if (!run) return ended({ code: 'NO_RUN', facts: {} }, say)
  const reading = {
    audit: newAudit(newAuditStorage(maps, seals)),
    censusStore: newCensusStore(maps, seals),
    cluster,
    log: parts.log,
    settings: parts.settings,
  }
  const evidence = await readEvidence(reading, run, parts.clocks.calendar.now())
  if (to === undefined) return ctlReport(evidence, say)
  const files = await newEvidenceFiles(to, parts.evidence?.locale ?? 'en').write(evidence)
  return { lines: [say('EVIDENCE_WRITTEN', { run: run.id, files: [...files] })], exitCode: 0 }
}

async function reasonFrom(terminal: Terminal): Promise<string> {
  const reason = (await terminal.ask?.('Why? Everybody who has a say will read it: '))?.trim() ?? ''
  if (reason === '') throw new CodedError('REASON_MISSING')
  return reason
}

const WELL: readonly string[] = ['STOPPED', 'STOPPED_ALREADY', 'RETURNED', 'RETURNING']

function ended({ code, facts }: Coded, say: Say): Outcome {
  return { lines: [say(code, facts)], exitCode: WELL.includes(code) ? 0 : 1 }
}

/** Takes the Lease, goes back in this process, and gives the Lease up again. */
async function rollBack(open: OpenCtl, by: ByHand, terminal: Terminal, say: Say): Promise<Coded> {
  const tray = newStepTray()
  const leads: { holds: () => boolean } = { holds: () => false }
  const context = await openContextWith(
    open.parts,
    () => leads.holds(),
    async () => outletsOf(tray),
  )
  const times = open.parts.leaseTimes ?? LEASE_TIMES
  const stop = new AbortController()
  const end: { coded: Coded | null; error: unknown } = { coded: null, error: null }
  const failures = new Set<string>()
  const leadership = newLeadership({
    http: context.http,
    namespace: open.parts.settings.namespace,
    cluster: open.seals.cluster,
    identity: context.identity,
    machine: open.parts.clocks.machine,
    log: open.parts.log,
    times,
    seize: true,
    onFailure: ({ code, facts }) => {
      // A right that is missing does not come by waiting; an API server that is away may come back.
      if (isFinal({ code, facts })) {
        end.error = new CodedError(code, facts)
        stop.abort()
      } else if (!failures.has(code)) terminal.print(say(code, facts))
      failures.add(code)
    },
  })
  terminal.print(say('LEAD_WANTED', { cluster: open.seals.cluster, seconds: Math.ceil(times.giveUp / 1000) }))
  await leadership.run(async (lost, holds) => {
    leads.holds = holds
    const show = stepLines((line) => terminal.print(line), say)
    try {
      end.coded = await rollBackByHand({ ...context.shared, lost, holds }, tray, by, show)
    } catch (error) {
      end.error = error
    }
    stop.abort()
  }, stop.signal)
  await context.close()
  if (end.coded) return end.coded
  throw end.error
}

function isFinal({ code, facts }: Refusal): boolean {
  if (code === 'CLUSTER_REFUSED') return Number(facts['status']) < 500
  return code === 'CLUSTER_FORBIDDEN' || code === 'CLUSTER_UNAUTHORIZED'
}

function outletsOf({ queue }: StepTray) {
  const readModel = {
    putStatus: async () => undefined,
    putStragglers: async () => undefined,
    putReport: async () => undefined,
    putPulse: async () => undefined,
    renewEpoch: async () => false,
  }
  return { queue, readModel, close: async () => undefined }
}

/** The terminal of this process. */
export function ownTerminal(): Terminal {
  const ask = async (question: string): Promise<string> => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return await lines.question(question)
    } finally {
      lines.close()
    }
  }
  return { print: (line) => console.log(line), ask: process.stdin.isTTY ? ask : null }
}
