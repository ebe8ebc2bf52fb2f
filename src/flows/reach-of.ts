import { count } from '../census/count.ts'
import { podEntryOf, type PodEntry } from '../census/pod-entry.ts'
import { redeploysBy } from '../census/redeploy.ts'
import type { Mesh } from '../istio/mesh.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { Census, Reach, TeamCount } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import { readAround } from './census-sight.ts'
import { freshCensus } from './fresh-census.ts'
import type { WorkerContext } from './worker-context.ts'

/** What it takes to count. */
type Counting = Pick<WorkerContext, 'cluster' | 'log'> & { readonly settings: { readonly teamLabel: string } }

/**
 * Whom a phase of the run concerns: pods that carry a sidecar of OLD and the teams that own them, by the rules of the census. Null where
 * pods or their owners can't be read: nobody may take what is unknown for nobody.
 */
export async function reachOf(ctx: Counting, run: Run, mesh: Mesh): Promise<Reach | null> {
  if (mesh.unreadable.some(({ part }) => COUNTED.includes(part))) return null
  try {
    const { teamLabel } = ctx.settings
    const migration = { from: run.plan.from.map(({ revision }) => revision), to: run.plan.to.revision }
    const seen = { ...(await readAround(ctx)), teamLabel, pods: entriesOf(mesh, teamLabel) }
    const counted = count({ ...seen, namespaces: mesh.namespaces, redeploys: redeploysBy(mesh, migration) }, migration)
    return leftOf(counted)
  } catch (error) {
    ctx.log.warn('whom a phase concerns could not be counted', { code: refusalOf(error).code })
    return null
  }
}

/**
 * Whom a phase concerns that lets the old control plane go: who is left by the last count, which is younger than a read of all pods.
 * Null where nothing young enough was counted.
 */
export function reachByCensus(ctx: WorkerContext): Reach | null {
  const taken = freshCensus(ctx)
  return taken ? leftOf(taken.census) : null
}

type Left = Pick<Census, 'pods' | 'unknown'> & { readonly teams: readonly TeamCount[] }

function leftOf({ pods, teams, unknown }: Left): Reach {
  const unowned = teams.find(({ team }) => team === null)?.old ?? 0
  return { teams: teams.filter(({ team }) => team !== null).length, pods: pods.old, unowned, unknown }
}

const COUNTED: readonly string[] = ['pods', 'namespaces']
const FINISHED: readonly string[] = ['Succeeded', 'Failed']

function entriesOf({ pods }: Mesh, teamLabel: string): PodEntry[] {
  return pods
    .filter(({ status }) => !FINISHED.includes(status?.phase ?? ''))
    .flatMap(({ metadata }) => podEntryOf(metadata, teamLabel) ?? [])
}
