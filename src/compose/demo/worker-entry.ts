import { readFileSync } from 'node:fs'
import { loadSettings } from '../../config/load.ts'
import { systemClock } from '../../kernel/clock.ts'
import { newLog } from '../../kernel/log.ts'
import { calendarTime, type CalendarState } from '../../sandbox/clock/calendar.ts'
import { workerParts } from '../worker-parts.ts'
import { startWorker } from '../worker.ts'
import type { WorkerOrder } from './worker-orders.ts'

/** `meshferry worker` from the same environment and file, on the calendar and with the times that it is told. */

// The end of whoever started it closes this channel, however it came about.
process.on('disconnect', () => process.exit(1))
process.on('SIGINT', () => undefined)

let calendar: CalendarState = { calendarAt: Date.now(), machineAt: Date.now(), speed: 1 }

const started = await new Promise<Extract<WorkerOrder, { kind: 'start' }>>((resolve) => {
  process.on('message', (order: WorkerOrder) => {
    calendar = order.calendar
    if (order.kind === 'start') resolve(order)
  })
})
const settings = loadSettings(process.env, (path) => readFileSync(path, 'utf8'))
const parts = workerParts(settings, started.cluster, newLog(settings.env.logLevel, 'worker'))
const worker = await startWorker({
  ...parts,
  leaseTimes: started.leaseTimes,
  settings: { ...parts.settings, times: { ...parts.settings.times, ...started.times } },
  clocks: { calendar: { now: () => calendarTime(calendar, Date.now()) }, machine: systemClock },
})

const LOOK_MS = 20
let told = false
setInterval(() => {
  if (worker.leads() === told) return
  told = worker.leads()
  process.send?.({ leads: told })
}, LOOK_MS)

process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)))
