import { describe, expect, test } from '@jest/globals'
import { after, installed } from '../../test/support/played-run.ts'
import type { Run } from '../wire/run.ts'
import { nextId } from './draft.ts'
import { codedOf } from './event.ts'

function raised(run: Run, classes: readonly string[], key = 'injection.k'): Run {
  return after(run, { kind: 'alarm', id: nextId(run, 'alarm'), key, what: codedOf('ALARM_GAP', { class: classes }) })
}

function over(run: Run, key = 'injection.k'): Run {
  return after(run, { kind: 'alarm-over', key })
}

describe('alarms in the record', () => {
  test('one that lasts is told once, and again when it reaches another class', () => {
    const once = raised(installed(), ['enabled'])
    expect(raised(once, ['enabled'])).toBe(once)
    const more = raised(once, ['enabled', 'tag:prod'])
    expect(more.alarms).toHaveLength(1)
    expect(more.alarms[0]?.what.facts).toEqual({ class: ['enabled', 'tag:prod'] })
    const id = more.alarms[0]?.id ?? ''
    expect(more.messages[id]).toBe((once.messages[id] ?? 0) + 1)
    expect(raised(more, ['enabled'])).toBe(more)
  })

  test('a cause that comes and goes two thousand times does not fill the record, and no id comes twice', () => {
    let run = installed()
    const ids = new Set<string>()
    for (let i = 0; i < 2000; i += 1) {
      run = raised(run, ['enabled'])
      ids.add(run.alarms.at(-1)?.id ?? '')
      run = over({ ...run, pending: [] })
    }
    expect(ids.size).toBe(2000)
    expect(run.alarms.length).toBeLessThan(25)
    expect(Object.keys(run.messages).length).toBeLessThan(30)
  })
})
