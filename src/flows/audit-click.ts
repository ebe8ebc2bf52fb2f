import { isoOf } from '../kernel/clock.ts'
import type { Click } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { WorkerContext } from './worker-context.ts'

/** A line of the audit for what somebody's click came to, with the request as it was signed; a request that comes again is one line. */
export function auditClick(
  ctx: WorkerContext,
  click: Click,
  { area, run, what }: { readonly area: 'team' | 'nudges' | 'restart'; readonly run: string; readonly what: Coded },
): Promise<void> {
  return ctx.audit.append({
    id: `${area}.${click.request}`,
    at: isoOf(ctx.clocks.calendar.now()),
    cluster: ctx.settings.cluster,
    run,
    what,
    who: click.who,
    request: click.signed,
  })
}
