import { expect, test } from '@jest/globals'
import { say } from './say.ts'

const AT = '2026-12-01T09:00:00.000Z'

test.each([
  ['en', 'Deployment api in pay'],
  ['zh', 'pay 中的 Deployment api'],
] as const)('in %s a refusal names a workload as people do, and not by its key', (locale, name) => {
  const { what } = say('RESTART_UNDER_WAY', { workload: 'pay/Deployment/api', by: 'U0LEE' }, locale)
  expect(what).toContain(name)
  expect(what).not.toContain('pay/Deployment')
})

test('each of a list, and the cause inside of another sentence', () => {
  const said = say('TEAM_NOT_OURS', { team: 'payments', workloads: ['pay/Deployment/api', 'pay/StatefulSet/db'] }, 'en')
  expect(said.what).toContain('Deployment api in pay, StatefulSet db in pay')
  const because = { because: 'RESTART_NOT_LEFT', workload: 'pay/Deployment/api', team: 'payments', asker: 'U0LEE' }
  expect(say('RESTART_OVER_UNDONE', { ...because, when: AT }, 'en').what).not.toContain('/Deployment/')
})

test('what is no such key stays as it is: a number, a resource of another form', () => {
  expect(say('PODS_STILL_OLD', { pods: 2, from: 'default', workloads: 2 }, 'en').what).toContain('in 2 workloads')
  expect(say('RESTART_DONE', { workload: 'api', team: 'payments' }, 'en').what).toContain('api of payments')
})
