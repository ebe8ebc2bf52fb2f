import type { SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import type { PageParts } from '../../sandbox/page/page-parts.ts'
import type { SlackServer } from '../../sandbox/slack-server/server.ts'
import { openDecisions } from '../../sandbox/trouble/decisions.ts'

/**
 * Calendar ms in one machine ms while skipping: 1.5 h a second. A look of the worker, each 100 ms, is then 9 minutes apart; a
 * digest that comes more than 30 minutes after its time would say that it is late.
 */
const SKIP_SPEED = 5400
const LOOK_MS = 100

type Skip = PageParts['skip'] & { readonly close: () => void }

/**
 * The calendar's speed after a look that came so many ms after the one before: a machine that is busy with pods gives them longer,
 * for pods start by the machine's clock, and a rollout that took a second would last a whole day of the calendar.
 */
export function skipSpeed(sinceLastLookMs: number): number {
  return SKIP_SPEED / Math.max(1, Math.round(sinceLastLookMs / LOOK_MS))
}

/**
 * Runs the calendar fast until a message comes that somebody must decide: from then on time passes as on the wall. Stopped before,
 * it goes on as it did. Nothing is skipped while a decision waits already.
 */
export function newSkip(calendar: SandboxCalendar, slack: SlackServer, channels: readonly string[]): Skip {
  let timer: NodeJS.Timeout | undefined
  let before = 1
  const endAt = (speed: number): void => {
    if (!timer) return
    clearInterval(timer)
    timer = undefined
    calendar.setSpeed(speed)
  }
  const isDecisionOpen = (): boolean => openDecisions(slack, channels).length > 0
  const stop = (): void => endAt(before)
  return {
    running: () => timer !== undefined,
    stop,
    close: stop,
    start: () => {
      if (timer) return 'runs'
      if (isDecisionOpen()) return 'a decision waits'
      before = calendar.state().speed
      calendar.setSpeed(SKIP_SPEED)
      let lookedAt = performance.now()
      timer = setInterval(() => {
        const now = performance.now()
        const speed = skipSpeed(now - lookedAt)
        lookedAt = now
        if (isDecisionOpen()) endAt(1)
        else if (speed !== calendar.state().speed) calendar.setSpeed(speed)
      }, LOOK_MS)
      return 'runs'
    },
  }
}
