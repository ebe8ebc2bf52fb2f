import { readFileSync } from 'node:fs'
import { workerParts } from '../../src/compose/worker-parts.ts'
import { startWorker } from '../../src/compose/worker.ts'
import { loadSettings } from '../../src/config/load.ts'
import { newLog } from '../../src/kernel/log.ts'
import type { WorkerTimesForTests } from './worker-process.ts'

// The test's own end closes this pipe, however it came about.
process.stdin.on('end', () => process.exit(1)).resume()

/** `meshferry worker` from the same environment and file, but with times that a test can wait for. */
const [cluster = '', given = '{}'] = process.argv.slice(2)
const { leaseTimes, times } = JSON.parse(given) as WorkerTimesForTests
const settings = loadSettings(process.env, (path) => readFileSync(path, 'utf8'))
const parts = workerParts(settings, cluster, newLog(settings.env.logLevel, 'worker'))
const worker = await startWorker({ ...parts, leaseTimes, settings: { ...parts.settings, times } })

process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)))
