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

/** Runs the calendar fast until a message comes that somebody must decide. Nothing is skipped while one waits already. */
export function newSkip(calendar: SandboxCalendar, slack: SlackServer, channels: readonly string[]): Skip {
  let timer: NodeJS.Timeout | undefined
  let before = 1
  const stop = (): void => {
    if (!timer) return
    clearInterval(timer)
    timer = undefined
    calendar.setSpeed(before)
  }
  return {
    running: () => timer !== undefined,
    stop,
    close: stop,
    start: () => {
      if (timer || openDecisions(slack, channels).length > 0) return
      before = calendar.state().speed
      calendar.setSpeed(SKIP_SPEED)
      timer = setInterval(() => {
        if (openDecisions(slack, channels).length > 0) stop()
      }, LOOK_MS)
    },
  }
}
