import { startWorkerProcess, type WorkerLaunch, type WorkerProcess } from './worker-process.ts'

export type WorkerCrew = {
  readonly leads: () => boolean
  /** kill -9 of the one that leads, and a new one to wait; false where none leads. */
  readonly killLeader: () => boolean
  readonly stop: () => Promise<void>
}

/** Two workers of one cluster, as in production: one leads, one waits. */
export function startCrew(launch: WorkerLaunch): WorkerCrew {
  const crew: WorkerProcess[] = [startWorkerProcess(launch), startWorkerProcess(launch)]
  const leader = (): WorkerProcess | undefined => crew.find((one) => one.leads())
  return {
    leads: () => leader() !== undefined,
    killLeader: () => {
      const struck = leader()
      if (!struck) return false
      struck.kill()
      crew.splice(crew.indexOf(struck), 1, startWorkerProcess(launch))
      return true
    },
    stop: async () => void (await Promise.all(crew.map((one) => one.stop()))),
  }
}
