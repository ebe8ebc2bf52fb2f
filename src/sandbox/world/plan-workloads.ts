import type { Department } from './company.ts'
import type { NamespacePlan, Rhythm, WorkloadPlan } from './plan.ts'
import { wholeNumber } from './random.ts'

type Place = {
  readonly department: Department
  readonly namespace: NamespacePlan
  readonly name: string
  readonly random: () => number
}

const DAYS_BY_CHANCE: readonly number[] = [2, 2, 3, 3, 4, 5]

/** Mostly a Deployment; now and then a StatefulSet or a CronJob. */
export function ordinaryWorkload({ department, namespace, name, random }: Place): WorkloadPlan {
  const base = baseOf(namespace, name, department.zone, random)
  const chance = random()
  const rhythm = rhythmOf(department.name, name, random)
  if (namespace.name.endsWith('-batch')) return nightly(base, wholeNumber(random, 0, 23))
  const keep = namespace.name === department.name && name === department.services[0]
  if (!keep && chance < 0.1) return { ...base, kind: 'StatefulSet', replicas: 3, rhythm }
  const replicas = wholeNumber(random, 2, 6)
  return { ...base, replicas, rhythm, dailyPeak: chance > 0.92 ? 2 : null }
}

/** Payments deploys daily, all but what holds the cards: that is frozen, so that its reader of Chinese gets a reminder. A few of others never do by themselves. */
function rhythmOf(team: string, service: string, random: () => number): Rhythm {
  if (team === 'payments') return { kind: service.startsWith('card-vault') ? 'never' : 'daily' }
  const chance = random()
  if (chance < 0.04) return { kind: 'never' }
  if (chance < 0.24) return { kind: 'weekly', weekday: wholeNumber(random, 1, 5) }
  return { kind: 'everyDays', days: DAYS_BY_CHANCE[wholeNumber(random, 0, DAYS_BY_CHANCE.length - 1)] ?? 3 }
}

function baseOf(namespace: NamespacePlan, name: string, zone: string, random: () => number): WorkloadPlan {
  const ageDays = wholeNumber(random, 60, 700)
  return {
    namespace: namespace.name,
    name,
    kind: 'Deployment',
    team: namespace.team,
    zone,
    replicas: 0,
    rhythm: { kind: 'never' },
    dailyPeak: null,
    peculiarity: null,
    schedule: null,
    ageDays,
    podAgeDays: wholeNumber(random, 1, 12),
  }
}

function nightly(base: WorkloadPlan, hour: number): WorkloadPlan {
  return { ...base, kind: 'CronJob', schedule: { hour, everyHours: 24 } }
}

/** One of each kind that a census has to tell apart, with the team it is given to as far as the company has that team. */
export function peculiarWorkloads(
  namespaces: readonly NamespacePlan[],
  departments: readonly Department[],
  nodes: number,
  random: () => number,
): WorkloadPlan[] {
  const given: readonly (readonly [string, string, Partial<WorkloadPlan>])[] = [
    ['ledger', 'ledger-store', { kind: 'StatefulSet', replicas: 3, peculiarity: 'onDelete', podAgeDays: 95 }],
    ['catalog', 'catalog-legacy', { replicas: 3, peculiarity: 'pinnedImage', rhythm: { kind: 'everyDays', days: 3 } }],
    ['ml', 'inference-gpu', { replicas: 2, peculiarity: 'explicitRevision', rhythm: { kind: 'weekly', weekday: 2 } }],
    ['search', 'ranking-experiment', { replicas: 2, peculiarity: 'paused', podAgeDays: 41 }],
    ['giftcards', 'giftcards-old', { replicas: 0, podAgeDays: 200 }],
    ['reporting', 'adhoc-shell', { kind: 'Pod', replicas: 1, podAgeDays: 60 }],
    ['billing', 'invoice-backfill', { kind: 'Job', podAgeDays: 2 }],
    ['billing', 'dunning-run', { kind: 'CronJob', schedule: { hour: 3, everyHours: 24 } }],
    ['pricing', 'competitor-crawl', { kind: 'CronJob', schedule: { hour: 1, everyHours: 6 } }],
    ['observability', 'node-logs', { kind: 'DaemonSet', replicas: nodes, rhythm: { kind: 'weekly', weekday: 3 } }],
    ['data', 'kafka', { kind: 'StatefulSet', replicas: 5, rhythm: { kind: 'weekly', weekday: 4 } }],
    ['legacy-tools', 'wiki', { replicas: 2, podAgeDays: 120 }],
    ['legacy-tools', 'pastebin', { replicas: 2, podAgeDays: 310 }],
  ]
  return given.flatMap(([namespace, name, parts]) => {
    const place = namespaces.find((one) => one.name === namespace)
    const zone = departments.find((one) => one.name === place?.team)?.zone ?? 'Europe/Berlin'
    return place ? [{ ...baseOf(place, name, zone, random), ...parts }] : []
  })
}
