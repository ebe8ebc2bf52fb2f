import { expect, test } from '@jest/globals'
import { textAt, valueAt } from '../kube-object.ts'
import { seedNamespace, seedNodes } from '../seed/seed-cluster.ts'
import { startKubeServer } from '../server.ts'
import { latestDue, parseCron } from './cron.ts'
import { startControllers } from './start-controllers.ts'

const at = (text: string): number => Date.parse(`${text}:00Z`)

test.each([
  ['*/15 * * * *', '2026-11-30T09:50', '2026-11-30T10:14', '2026-11-30T10:00'],
  ['*/15 * * * *', '2026-11-30T10:00', '2026-11-30T10:14', null],
  ['30 2 * * *', '2026-11-01T00:00', '2026-11-30T01:00', '2026-11-29T02:30'],
  ['0 9-17/4 * * 1-5', '2026-11-27T00:00', '2026-11-30T08:00', '2026-11-27T17:00'],
  ['0 0 1 1,7 *', '2026-01-02T00:00', '2026-11-30T10:00', '2026-07-01T00:00'],
  ['0 0 13 * 5', '2026-11-10T00:00', '2026-11-22T10:00', '2026-11-20T00:00'],
  ['0 12 * * 7', '2026-11-24T00:00', '2026-11-30T10:00', '2026-11-29T12:00'],
])('%s after %s was last due until %s: %s', (schedule, after, until, due) => {
  expect(latestDue(parseCron(schedule), at(after), at(until))).toBe(due === null ? null : at(due))
})

test.each(['* * * *', '60 * * * *', '*/0 * * * *', '@daily', 'a * * * *'])('refuses %s', (schedule) => {
  expect(() => parseCron(schedule)).toThrow('schedule')
})

test('a CronJob starts Jobs by the calendar; their pods succeed, and only some are kept', async () => {
  let calendar = Date.parse('2026-11-30T10:00:30Z')
  const kube = await startKubeServer({ now: () => calendar })
  seedNodes(kube, ['v1.34.0'])
  seedNamespace(kube, { name: 'shop' })
  const controllers = startControllers(kube, { calendar: () => calendar, readyMs: () => 5, jobMs: () => 5 })
  const pods = () => kube.list('v1', 'Pod', 'shop')
  const jobTemplate = {
    spec: { template: { metadata: {}, spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a' }] } } },
  }
  kube.put({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tidy', namespace: 'shop' },
    spec: { schedule: '*/5 * * * *', successfulJobsHistoryLimit: 1, jobTemplate },
  })
  await controllers.settled()
  expect(pods()).toHaveLength(0)
  calendar = Date.parse('2026-11-30T10:06:00Z')
  await until(() => pods().length === 1)
  await controllers.settled()
  expect(textAt(pods()[0], 'status', 'phase')).toBe('Succeeded')
  const [job] = kube.list('batch/v1', 'Job', 'shop')
  expect([job?.metadata.name, valueAt(job, 'status', 'succeeded')]).toEqual([
    `tidy-${Date.parse('2026-11-30T10:05:00Z') / 60_000}`,
    1,
  ])
  calendar = Date.parse('2026-11-30T12:00:00Z')
  await until(() =>
    pods().some((pod) => pod.metadata.name.startsWith(`tidy-${Date.parse('2026-11-30T12:00:00Z') / 60_000}`)),
  )
  await controllers.settled()
  expect([pods().length, kube.list('batch/v1', 'Job', 'shop').length]).toEqual([1, 1])
  controllers.stop()
  await kube.close()
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}
