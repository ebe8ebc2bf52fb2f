import { daysApart } from '../../kernel/days.ts'
import type { WaitFacts } from '../../wire/card-facts.ts'
import { cut, LIMITS } from '../limits.ts'
import type { Block, Card } from './blocks.ts'
import type { Room } from './fit.ts'
import { preformatted } from './lists.ts'
import { put, type Look, type Place } from './look.ts'
import { percentMoved } from './moved.ts'
import { fromText } from './versions.ts'

type Far = Pick<WaitFacts, 'from' | 'to' | 'forecast' | 'deadline'> & {
  readonly curve?: WaitFacts['curve'] | undefined
}

/** When the last pod would move; nothing where the days say nothing of it. */
export function forecastLines({ forecast, deadline }: Far, look: Look): readonly string[] {
  if (!forecast) return []
  const late = deadline ? daysApart(deadline.day, forecast.day) : 0
  return [put(look, 'forecast', { ...forecast, ...(late > 0 ? { late } : {}) })]
}

/**
 * The days as Slack's own chart, and as bars in code font where a workspace doesn't take that yet; they read the same on a phone and
 * aloud. Nothing before the second day.
 */
export function curveChart({ curve = [], from, to }: Far, look: Look, place: Place, room: Room): Drawn {
  if (curve.length < 2 || room.items === 0) return { blocks: [], instead: {} }
  const id = `curve.${place.message}`
  const days = curve.slice(-Math.max(2, room.items * 2))
  const old = from.length === 1 ? put(look, 'curveOld', { version: fromText(look, from) }) : put(look, 'curveOldMany')
  const series = [
    { name: put(look, 'curveNew', { version: to.version }), of: days.map((point) => point.new) },
    { name: old, of: days.map((point) => point.old) },
  ]
  const categories = days.map(({ day }) => day.slice(5))
  const chart = {
    type: 'data_visualization',
    block_id: id,
    title: cut(put(look, 'curveTitle'), LIMITS.chartTitle),
    chart: {
      type: 'line',
      series: series.map(({ name, of }) => ({
        name: cut(name, LIMITS.chartLabel),
        data: of.map((value, index) => ({ label: categories[index], value })),
      })),
      axis_config: { categories },
    },
  }
  // @slack/types 3.2.0 does not know this block.
  return { blocks: [chart as unknown as Block], instead: { [id]: bars(days, look) } }
}

type Drawn = { readonly blocks: readonly Block[]; readonly instead: NonNullable<Card['instead']> }

const CELLS = 20

function bars(days: WaitFacts['curve'], look: Look): readonly Block[] {
  const lines = days.map((point) => {
    const full = Math.round((percentMoved(point) / 100) * CELLS)
    const bar = '█'.repeat(full) + '░'.repeat(CELLS - full)
    return put(look, 'waitDay', { day: point.day.slice(5), bar, percent: percentMoved(point), old: point.old })
  })
  return [preformatted(lines.join('\n'))]
}
