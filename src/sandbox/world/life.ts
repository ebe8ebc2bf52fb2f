import type { SandboxCalendar } from '../clock/calendar.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { cordon, drainRound } from './drain.ts'
import { startDueTimer } from './due.ts'
import { mend } from './mend.ts'
import type { WorkloadPlan, WorldPlan } from './plan.ts'
import { isRolled, redeploy, scale } from './redeploy.ts'
import { nextAct, nextDrain, nextScale } from './rhythm.ts'

/** The company at work: its teams deploy when they would anyhow, and nobody asks Meshferry. */
export type Life = {
  /** All of a team's workloads now; answers how many there were. Throws for a team that the company doesn't have. */
  readonly redeployTeam: (team: string) => number
  /** Every workload of every team, as within one busy week; answers how many there were. */
  readonly redeployAll: () => number
  /** The owners of stragglers do what the advice says: those of one team, or all. */
  readonly mendStragglers: (team?: string) => Promise<void>
  readonly stop: () => void
}

/** Due together after a jump of the clock, so many at a time, so that the server answers in between. */
const AT_ONCE = 20
const DRAIN_ROUND_MS = 400
const DRAIN_ROUNDS = 30

/** `at`: when it is due the next time, epoch ms; null for never. */
type Habit = { at: number | null; readonly act: () => void; readonly next: (after: number) => number | null }

/** Begins at the calendar's time; what was due before is not made up for. `random` draws between a restart and a new image. */
export function startLife(kube: KubeServer, plan: WorldPlan, calendar: SandboxCalendar, random: () => number): Life {
  const deploy = (workload: WorkloadPlan): boolean => redeploy(kube, workload, random() < 0.5 ? 'restart' : 'image')
  const drains = newDrains(kube, plan)
  const habits = [...habitsOf(kube, plan, deploy), ...drains.habits()]
  for (const habit of habits) habit.at = habit.next(calendar.now())
  const timer = startDueTimer(
    calendar,
    () => soonest(habits)?.at ?? null,
    () => actOn(habits, calendar),
  )
  const deployEach = (wanted: (workload: WorkloadPlan) => boolean): number => {
    return plan.workloads.filter((workload) => wanted(workload) && deploy(workload)).length
  }
  return {
    redeployTeam: (team) => {
      if (!plan.teams.some(({ name }) => name === team)) throw new RangeError(`the company has no team ${team}`)
      return deployEach((workload) => workload.team === team)
    },
    redeployAll: () => deployEach(() => true),
    mendStragglers: async (team) => {
      for (const workload of plan.workloads) {
        if (team === undefined || workload.team === team) await mend(kube, workload)
      }
    },
    stop: () => {
      timer.stop()
      drains.stop()
    },
  }
}

function habitsOf(kube: KubeServer, plan: WorldPlan, deploy: (workload: WorkloadPlan) => boolean): Habit[] {
  return plan.workloads.filter(isRolledPlan).flatMap((workload) => {
    const deploys: Habit = {
      at: null,
      act: () => void deploy(workload),
      next: (after) => nextAct(workload, after),
    }
    let replicas = workload.replicas
    const scales: Habit = {
      at: null,
      act: () => void scale(kube, workload, replicas),
      next: (after) => {
        const next = nextScale(workload, after)
        replicas = next?.replicas ?? replicas
        return next?.at ?? null
      },
    }
    return workload.dailyPeak === null ? [deploys] : [deploys, scales]
  })
}

function isRolledPlan(workload: WorkloadPlan): boolean {
  return isRolled(workload)
}

function soonest(habits: readonly Habit[]): Habit | undefined {
  let first: Habit | undefined
  for (const habit of habits) {
    if (habit.at !== null && (first === undefined || habit.at < (first.at ?? Infinity))) first = habit
  }
  return first
}

/** Each habit that is due acts once, however long ago that was: nobody deploys three times because a day was skipped. */
function actOn(habits: readonly Habit[], calendar: SandboxCalendar): void {
  const now = calendar.now()
  for (let done = 0; done < AT_ONCE; done += 1) {
    const habit = soonest(habits)
    if (!habit || habit.at === null || habit.at > now) return
    habit.act()
    habit.at = habit.next(now)
  }
}

/** Drains run by the machine's clock: they wait for pods, and pods start by it. One at a time. */
function newDrains(kube: KubeServer, plan: WorldPlan): { readonly habits: () => Habit[]; readonly stop: () => void } {
  const namespaces = new Set(plan.namespaces.map(({ name }) => name))
  let timer: NodeJS.Timeout | undefined
  let draining: string | undefined
  let next: string | undefined
  const end = (): void => {
    clearTimeout(timer)
    if (draining !== undefined) cordon(kube, draining, false)
    draining = undefined
  }
  const round = (node: string, left: number): void => {
    if (drainRound(kube, node, namespaces) === 0 || left === 0) end()
    else timer = setTimeout(() => round(node, left - 1), DRAIN_ROUND_MS)
  }
  const act = (): void => {
    if (next === undefined || draining !== undefined) return
    draining = next
    cordon(kube, draining, true)
    round(draining, DRAIN_ROUNDS)
  }
  const upcoming = (after: number): number | null => {
    const drain = nextDrain(plan, after)
    next = drain?.node
    return drain?.at ?? null
  }
  return { habits: () => [{ at: null, act, next: upcoming }], stop: end }
}
