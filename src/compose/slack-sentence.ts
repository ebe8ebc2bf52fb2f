import { isoOf } from '../kernel/clock.ts'
import type { SlackState } from '../ports/read-model.ts'
import type { Metric } from '../web/metrics-text.ts'

/** A shorter silence of Slack is nothing to wake anybody for. */
const AWAY_MS = 60_000

/** Sentences for /healthz, in English like the log; none while Slack answers. */
export function slackTroubles({ kind, since, error }: SlackState, nowMs: number): readonly string[] {
  const from = `since ${isoOf(since)} (${error ?? 'no word'})`
  if (kind === 'revoked') {
    return [`Slack takes the bot's token no more ${from}: nobody can approve, steps that were started go on`]
  }
  return kind === 'away' && nowMs - since >= AWAY_MS ? [`Slack can't be reached ${from}: messages wait`] : []
}

export function slackMetric(part: string, { kind }: SlackState): readonly Metric[] {
  return (['ok', 'away', 'revoked'] as const).map((state) => ({
    name: 'meshferry_slack',
    help: "How Slack takes the bot's calls: 1 for the present state",
    type: 'gauge',
    labels: { part, state },
    value: Number(state === kind),
  }))
}
