import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isZone } from '../../kernel/zone.ts'
import { keyOf } from './plan.ts'
import { cast } from './plan-slack.ts'
import { UNOWNED, planWorld } from './plan-world.ts'

const plan = planWorld(7)

test('some 40 teams with 1,200 running pods, the same for the same seed and others for another', () => {
  expect(plan.teams).toHaveLength(40)
  expect(plan.workloads.reduce((sum, { replicas }) => sum + replicas, 0)).toBe(1200)
  expect(planWorld(7)).toEqual(plan)
  expect(planWorld(8)).not.toEqual(plan)
})

test('has one of everything that a census must tell apart', () => {
  const count = (key: 'kind' | 'peculiarity') =>
    Object.fromEntries(
      [...Map.groupBy(plan.workloads, (one) => one[key] ?? 'usual')].map(([name, of]) => [name, of.length]),
    )
  expect(count('peculiarity')).toMatchObject({ onDelete: 1, paused: 1, pinnedImage: 1, explicitRevision: 1 })
  const kinds = count('kind')
  expect(kinds).toMatchObject({ Pod: 1, Job: 1, DaemonSet: 1 })
  expect(kinds['StatefulSet']).toBeGreaterThan(3)
  expect(kinds['CronJob']).toBeGreaterThan(3)
  expect(plan.workloads.filter(({ kind, replicas }) => kind === 'Deployment' && replicas === 0)).toHaveLength(1)
  expect(new Set(plan.namespaces.map((one) => one.class))).toEqual(new Set(['enabled', 'tag', 'off', 'pods']))
  expect(plan.namespaces.filter(({ team }) => team === null).map(({ name }) => name)).toEqual([UNOWNED])
  expect(plan.shop.map(keyOf)).toEqual([
    'storefront/shop',
    'checkout/checkout',
    'payments/payments-api',
    'catalog/catalog-api',
  ])
})

test('the people of the cast are there, each team has a contact who is in its channel and its group', () => {
  const { users, channels, groups } = plan.slack
  const ids = users.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(expect.arrayContaining(Object.values(cast)))
  expect(users.find(({ id }) => id === cast.payments)?.locale).toBe('zh-CN')
  for (const team of plan.teams) {
    expect(ids).toContain(team.contact)
    expect(channels.find(({ id }) => id === team.channel)?.members).toContain(team.contact)
    expect(groups.find(({ id }) => id === team.group)?.members).toEqual([team.contact])
  }
})

test('of any seed and size: names that Kubernetes takes and are there once, zones that exist, pods as many as asked for', () => {
  const sizes = fc.record({ teams: fc.integer({ min: 1, max: 60 }), perTeam: fc.integer({ min: 45, max: 80 }) })
  fc.assert(
    fc.property(fc.nat(), sizes, (seed, { teams, perTeam }) => {
      const made = planWorld(seed, { teams, pods: teams * perTeam })
      const keys = made.workloads.map(keyOf)
      expect(new Set(keys).size).toBe(keys.length)
      expect(made.workloads.reduce((sum, { replicas }) => sum + replicas, 0)).toBe(teams * perTeam)
      const names = [...made.namespaces, ...made.workloads].map(({ name }) => name)
      expect(names.filter((name) => !/^[a-z]([a-z0-9-]{0,45}[a-z0-9])$/.test(name))).toEqual([])
      const known = new Set(made.namespaces.map(({ name }) => name))
      expect(made.workloads.filter(({ namespace }) => !known.has(namespace))).toEqual([])
      expect(made.workloads.filter(({ zone }) => !isZone(zone))).toEqual([])
      for (const { name } of made.teams) {
        const own = made.namespaces.filter(({ team }) => team === name).length
        expect([1, 2, 3, 4]).toContain(own)
      }
    }),
    { numRuns: 30 },
  )
})

test('says how many pods it takes where there are too few', () => {
  expect(() => planWorld(1, { teams: 40, pods: 100 })).toThrow(/100 pods are too few: it takes \d+/)
})
