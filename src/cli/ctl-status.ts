import type { Run } from '../wire/run.ts'
import type { Outcome, Say } from './outcome.ts'

/** Where the run stands, from its record alone: for a terminal, when neither chat nor Redis can be asked. */
export function ctlStatus(cluster: string, run: Run | null, say: Say): Outcome {
  return { lines: run ? runLines(run, say) : [`${cluster}: ${say('NO_RUN', {})}`], exitCode: 0 }
}

function runLines(run: Run, say: Say): readonly string[] {
  const { plan } = run
  const from = plan.from.map(({ version, revision }) => `${version} (${revision})`).join(', ')
  return [
    `${run.cluster}: Istio ${from} → ${plan.to.version} (${plan.to.revision}), ${run.id}`,
    `state ${run.state}, phase ${run.phase}, asked for by ${run.requestedBy.name} at ${run.requestedAt}`,
    ...(run.stopped ? [say('RUN_STOPPED', stopFacts(run.stopped))] : []),
    ...(run.rollback ? [say(run.rollback.because.code, run.rollback.because.facts)] : []),
    ...(run.halted ? [say(run.halted.code, run.halted.facts)] : []),
    ...run.steps.map((step) => stepLine(step, say)),
    ...run.alarms
      .filter(({ endedAt }) => !endedAt)
      .map(({ at, what }) => `ALARM since ${at}: ${say(what.code, what.facts)}`),
    ...cardLines(run),
  ]
}

function stopFacts({ who, byHand, at }: NonNullable<Run['stopped']>) {
  return { who: who?.name ?? byHand, at }
}

/** Pending messages are told by the next worker that reaches Redis. */
function cardLines({ cards, pending }: Run): readonly string[] {
  const open = cards.filter(({ state }) => state === 'pending' || state === 'approved')
  const untold = pending.filter(({ kind }) => kind === 'message').length
  return [
    ...open.map(
      ({ phase, state, need, decisions, expiresAt }) =>
        `card: ${phase} is ${state}, ${decisions.filter(({ verdict }) => verdict === 'approve').length} of ${need} approvals, until ${expiresAt}`,
    ),
    ...(untold > 0 ? [`${untold} messages are not told yet: a worker that reaches Redis tells them`] : []),
  ]
}

const STATE_WIDTH = 12

/** Prints a step each time that its state is another, while a run moves. */
export function stepLines(print: (line: string) => void, say: Say): (run: Run) => void {
  const shown = new Map<string, string>()
  return ({ steps }) => {
    for (const step of steps) {
      const now = `${step.state}.${step.attempt}`
      const before = shown.get(step.id)
      shown.set(step.id, now)
      if (before !== undefined && before !== now) print(stepLine(step, say))
    }
  }
}

function stepLine({ id, state, error }: Run['steps'][number], say: Say): string {
  return `  ${state.padEnd(STATE_WIDTH)} ${id}${error ? `: ${say(error.code, error.facts)}` : ''}`
}
