import type { WorkerProcess } from './worker-process.ts'

type Member = Pick<WorkerProcess, 'leads' | 'kill' | 'stop'>

/** The workers of one cluster, each a process: one leads, one waits, as in production. */
export type WorkerCrew<Worker extends Member = WorkerProcess> = {
  readonly leads: () => boolean
  /** The one that says it leads; undefined between two leaders. */
  readonly leader: () => Worker | undefined
  readonly all: () => readonly Worker[]
  /** kill -9 of the one that leads, at once, and a new one to wait; false where none leads. */
  readonly killLeader: () => boolean
  readonly stop: () => Promise<void>
}

/** Two workers from the start. */
export function startCrew<Worker extends Member>(start: () => Worker): WorkerCrew<Worker> {
  const crew = [start(), start()]
  const leader = (): Worker | undefined => crew.find((one) => one.leads())
  return {
    leads: () => leader() !== undefined,
    leader,
    all: () => crew,
    killLeader: () => {
      const struck = leader()
      if (!struck) return false
      void struck.kill()
      crew.splice(crew.indexOf(struck), 1, start())
      return true
    },
    stop: async () => void (await Promise.all(crew.map((one) => one.stop()))),
  }
}
