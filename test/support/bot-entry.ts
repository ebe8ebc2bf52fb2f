import { startBot, type BotParts } from '../../src/compose/bot.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { newLog } from '../../src/kernel/log.ts'

/** A bot in a process of its own, for a test that ends it as no test could end a part of itself. */
export type BotProcessParts = Pick<BotParts, 'settings' | 'redisUrl'>

// The test's own end closes this pipe, however it came about.
process.stdin.on('end', () => process.exit(1)).resume()

const parts = JSON.parse(process.argv[2] ?? '{}') as BotProcessParts
const clocks = { calendar: systemClock, machine: systemClock }
const bot = await startBot({ ...parts, clocks, log: newLog('info', 'bot') })

process.once('SIGTERM', () => void bot.stop().then(() => process.exit(0)))
