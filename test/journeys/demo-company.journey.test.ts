import { afterEach, expect, test } from '@jest/globals'
import { companyWorld } from '../../src/compose/demo/company-world.ts'
import { newSkip } from '../../src/compose/demo/skip.ts'
import { type Demo, startDemo } from '../../src/compose/demo/start-demo.ts'
import { newPeople, type People } from '../../src/sandbox/stories/people.ts'
import type { TroubleName } from '../../src/sandbox/trouble/trouble.ts'
import { withRedisOnPath } from '../support/redis-on-path.ts'
import { until } from '../support/until.ts'
import { sleep } from '../../src/kernel/retry.ts'

const CHANNEL = 'C0PROD'
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function theCompany(): Promise<{ readonly demo: Demo; readonly people: People }> {
  await withRedisOnPath()
  const demo = await startDemo(companyWorld(), Date.now())
  ends.push(demo.stop)
  await until(() => demo.workers.leads(), 30_000)
  return { demo, people: newPeople({ slack: demo.slack, channel: CHANNEL }) }
}

async function switched(people: People): Promise<void> {
  await people.ask('U0LEE', 'upgrade to 1.31.0')
  await people.press('U0MEI', await people.card('install', 'Approve'), 'Approve')
  await people.press('U0MEI', await people.card('switch', 'Approve'), 'Approve')
  await people.reads(['Done: switch'])
}

/** What new pods of each class get, `!` where that is refused or not what it should be. */
function newPods({ live: { mesh } }: Demo): readonly string[] {
  return mesh().newPods.map(({ class: name, gets, ok }) => `${name} ${gets}${ok ? '' : ' !'}`)
}

const SWITCHED = ['istio-injection=enabled 1.31.0', 'istio.io/rev=prod-stable 1.31.0']

test('forty teams, from the question to the end: they move when they deploy, the rest when asked, nobody is restarted', async () => {
  const { demo, people } = await theCompany()
  expect(Object.keys(demo.live.mesh().byVersion)).toEqual(expect.arrayContaining(['1.30.0']))
  await switched(people)
  await until(() => SWITCHED.every((one) => newPods(demo).includes(one)), 10_000)

  const skip = newSkip(demo.calendar, demo.slack, demo.channels)
  ends.push(() => skip.close())
  expect(skip.start()).toBe('runs')
  await until(() => !skip.running(), 240_000)
  const reminders = await people.card('reminders to', 'Send the reminders')
  expect(await people.press('U0LEE', reminders, 'Send the reminders')).toMatch(/may leave/)
  await people.reads(['the reminders leave'])
  expect(skip.start()).toBe('runs')
  await until(() => !skip.running(), 240_000)
  expect(demo.calendar.state().speed).toBe(1)
  const rehearsal = await people.card('rehearsal', 'Approve')
  const digests = people.texts().filter((text) => text.includes('🌙'))
  expect(digests.length).toBeGreaterThanOrEqual(3)
  expect(demo.live.mesh().byVersion['1.30.0'] ?? 0).toBe(0)
  expect(demo.live.mesh()).toMatchObject({ restartedByUs: 0 })
  expect(demo.live.mesh().replacedByTeams).toBeGreaterThan(1000)
  expect(demo.live.mesh().traffic.errorsInAll).toBe(0)

  await people.press('U0MEI', rehearsal, 'Approve')
  await people.press('U0LEE', rehearsal, 'Start')
  await people.reads(['Done: rehearsal'])
  const card = await people.card('retire', 'Approve')
  await people.pressAndType('U0MEI', card, 'Approve', 'prod-a')
  await people.pressAndType('U0SAM', card, 'Approve', 'prod-a')
  await people.press('U0LEE', card, 'Start')
  await people.reads(['Done: retire'])
  expect(demo.live.mesh().controlPlanes.map(({ version }) => version)).toEqual(['1.31.0'])
  expect(demo.live.mesh().restartedByUs).toBe(0)
}, 400_000)

test('every trouble bites where it says, and nothing is lost by it', async () => {
  const { demo, people } = await theCompany()
  const { troubles } = demo
  expect(troubles.argocd.bites()).toBeNull()
  await switched(people)
  const lost = (name: TroubleName): string => {
    const state = troubles[name].state()
    return state.kind === 'over' ? state.lost : state.kind
  }

  await troubles['istiod-dies'].start()
  await until(() => newPods(demo).some((one) => one.endsWith('!')), 10_000)
  await people.reads(['Alarm on'])
  await troubles['istiod-dies'].end?.()
  await until(() => SWITCHED.every((one) => newPods(demo).includes(one)), 10_000)
  await people.reads(['Alarm over'])

  await troubles['redis-flushed'].start()
  const known = async (): Promise<boolean> => (await people.ask('U0SAM', 'status')).includes('1.31.0')
  while (!(await known())) await sleep(200)
  await until(() => demo.workers.leads(), 30_000)
  expect(await troubles['worker-killed'].start()).toBe(true)
  await until(() => demo.workers.leads(), 30_000)

  const alarms = (): number => people.texts().filter((text) => /Alarm (on|over)/.test(text)).length
  const [alarmsBefore, postsBefore] = [alarms(), demo.slack.calls('chat.postMessage').length]
  expect(await troubles['slack-away'].start()).toBe(true)
  expect(await troubles['istiod-dies'].start()).toBe(true)
  const inVain = (): boolean =>
    demo.slack
      .calls('chat.postMessage')
      .slice(postsBefore)
      .some(({ status }) => status === 503)
  await until(inVain, 20_000)
  expect(alarms()).toBe(alarmsBefore)
  await troubles['slack-away'].end?.()
  await until(() => alarms() > alarmsBefore, 40_000)
  await people.reads(['Alarm on'])
  await troubles['istiod-dies'].end?.()
  await until(() => SWITCHED.every((one) => newPods(demo).includes(one)), 10_000)
  await until(() => people.texts().every((text) => !text.includes('Alarm on')), 40_000)

  expect(await troubles.argocd.start()).toBe(true)
  await people.reads(['Alarm on', 'argocd-controller'])
  await troubles.argocd.end?.()
  for (const name of ['istiod-dies', 'redis-flushed', 'worker-killed', 'slack-away', 'argocd'] as const) {
    await until(() => lost(name) === 'nothing', 20_000)
  }
  expect(demo.live.mesh().restartedByUs).toBe(0)
}, 240_000)
