import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useEffect, useState } from 'preact/hooks'
import { calendarTime } from '../../../clock/calendar.ts'
import { speeds, type PageState } from '../../page-state.ts'
import type { Desk } from '../desk.ts'
import { readerOf } from '../slack/names.ts'
import { formatDate } from '../text/format-date.ts'

const speedNames: Readonly<Record<(typeof speeds)[number], string>> = {
  1: '1×',
  60: '1 min/s',
  600: '10 min/s',
  3600: '1 h/s',
}

type ClockProps = { readonly page: PageState; readonly desk: Desk }

/** The calendar as it runs, how fast, and the way to the next decision. */
export function ClockBar({ page, desk }: ClockProps): VNode {
  const { state, skipping } = page.clock
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  const at = calendarTime(state, now)
  const reader = readerOf(page)
  return html`<section class="panel clock" aria-label="Clock">
    <div class="clock-time">
      <strong>${formatDate(at, state.speed > 60 ? '{time}' : '{time_secs}', reader)}</strong>
      <span>${formatDate(at, '{date_long}', reader).replace(/ \d{4}$/, '')}</span>
    </div>
    <div class="clock-controls">
      <div class="segments" role="group" aria-label="Speed">
        ${speeds.map(
          (speed) =>
            html`<button
              type="button"
              aria-pressed=${!skipping && state.speed === speed}
              onClick=${() => void desk.act({ kind: 'speed', speed })}
            >
              ${speedNames[speed]}
            </button>`,
        )}
      </div>
      <button
        type="button"
        class="button button-skip"
        aria-pressed=${skipping}
        onClick=${() => void desk.act({ kind: 'skip', on: !skipping })}
      >
        ${skipping ? 'Skipping… stop here' : 'Skip to the next decision'}
      </button>
    </div>
  </section>`
}
