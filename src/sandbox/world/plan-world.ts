import type { Department } from './company.ts'
import { departmentsFor } from './company.ts'
import type { NamespaceClass, NamespacePlan, WorkloadPlan, WorldPlan } from './plan.ts'
import { planSlack, teamOf } from './plan-slack.ts'
import { ordinaryWorkload, peculiarWorkloads } from './plan-workloads.ts'
import { seededRandom, wholeNumber } from './random.ts'

/** The one namespace that no team owns. */
export const UNOWNED = 'legacy-tools'

const POD_LIMIT = 90
const LEAST_NODES = 3
const CLASS_BY_INDEX: readonly NamespaceClass[] = ['enabled', 'enabled', 'tag', 'enabled']

/**
 * A company of so many teams whose cluster runs exactly so many pods (finished ones not counted). Throws a RangeError
 * where there are fewer pods than it takes for every team to have some (about 8 a team).
 */
export function planWorld(seed: number, size = { teams: 40, pods: 1200 }): WorldPlan {
  const random = seededRandom(seed)
  const departments = departmentsFor(size.teams)
  const nodes = nodeNames(Math.max(LEAST_NODES, Math.ceil(size.pods / POD_LIMIT)))
  const namespaces = [...departments.flatMap((one) => namespacesOf(one, random)), unowned]
  const teams = departments.map(teamOf)
  const workloads = [
    ...departments.flatMap((one) => workloadsOf(one, namespaces, random)),
    ...peculiarWorkloads(namespaces, departments, nodes.length, random),
  ]
  return {
    teams,
    namespaces,
    workloads: scaledTo(workloads, size.pods),
    nodes,
    drainEveryDays: 6,
    slack: planSlack(departments),
    shop: shopOf(workloads),
  }
}

const unowned: NamespacePlan = { name: UNOWNED, team: null, class: 'enabled' }

/** The first has the team's own name; what runs at the edge follows the tag `prod-stable`. */
function namespacesOf({ name }: Department, random: () => number): NamespacePlan[] {
  const count = name === 'payments' ? 3 : wholeNumber(random, 1, 4)
  const suffixes = ['', '-workers', '-edge', '-batch'].slice(0, count)
  return suffixes.map((suffix, index): NamespacePlan => {
    const tagged = CLASS_BY_INDEX[index] === 'tag' || (index === 0 && random() < 0.12 && name !== 'payments')
    return { name: `${name}${suffix}`, team: name, class: special(name, suffix) ?? (tagged ? 'tag' : 'enabled') }
  })
}

/** The first namespaces of these two teams are not as the others. */
function special(team: string, suffix: string): NamespaceClass | null {
  if (team === 'workforce' && suffix === '') return 'off'
  return team === 'ml' && suffix === '' ? 'pods' : null
}

function workloadsOf(
  department: Department,
  namespaces: readonly NamespacePlan[],
  random: () => number,
): WorkloadPlan[] {
  const own = namespaces.filter(({ team }) => team === department.name)
  return own.flatMap((namespace, index) => {
    const names = index === 0 ? department.services : department.services.slice(0, 2).map((name) => nameIn(name, index))
    return names.map((name) => ordinaryWorkload({ department, namespace, name, random }))
  })
}

function nameIn(service: string, index: number): string {
  return `${service}${['', '-worker', '-edge', '-batch'][index] ?? ''}`
}

/** Adds or takes pods, one by one and the same for all, from those whose number is nobody's rule. */
function scaledTo(workloads: readonly WorkloadPlan[], pods: number): WorkloadPlan[] {
  const sum = workloads.reduce((all, { replicas }) => all + replicas, 0)
  const elastic = workloads.flatMap((one, index) => (isElastic(one) ? [index] : []))
  const least = elastic.length * 2
  const fixed = sum - elastic.reduce((all, index) => all + (workloads[index]?.replicas ?? 0), 0)
  if (pods < fixed + least) throw new RangeError(`${pods} pods are too few: it takes ${fixed + least}`)
  const sizes = spread(
    elastic.map((index) => workloads[index]?.replicas ?? 0),
    pods - fixed,
  )
  const sized = new Map(elastic.map((index, at) => [index, sizes[at] ?? 0]))
  return workloads.map((one, index) => ({ ...one, replicas: sized.get(index) ?? one.replicas }))
}

function isElastic({ kind, peculiarity, replicas }: WorkloadPlan): boolean {
  return kind === 'Deployment' && peculiarity === null && replicas > 0
}

/** Sizes in the same proportion whose sum is `total`, none below 2. */
function spread(sizes: readonly number[], total: number): number[] {
  const sum = sizes.reduce((all, size) => all + size, 0)
  const result = sizes.map((size) => Math.max(2, Math.floor((size * total) / sum)))
  let left = total - result.reduce((all, size) => all + size, 0)
  for (let index = 0; left !== 0; index = (index + 1) % result.length) {
    const step = left > 0 ? 1 : (result[index] ?? 0) > 2 ? -1 : 0
    result[index] = (result[index] ?? 0) + step
    left -= step
  }
  return result
}

function shopOf(workloads: readonly WorkloadPlan[]): WorldPlan['shop'] {
  const called = ['storefront/shop', 'checkout/checkout', 'payments/payments-api', 'catalog/catalog-api']
  return called.flatMap((key) => {
    const found = workloads.find(({ namespace, name }) => `${namespace}/${name}` === key)
    return found ? [{ namespace: found.namespace, name: found.name }] : []
  })
}

function nodeNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `node-${index + 1}`)
}
