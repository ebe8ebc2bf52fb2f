import type { RunningWorker, WorkerParts } from '../../src/compose/worker.ts'
import type { WorkerProcess, WorkerProcessOptions } from './worker-process.ts'
import { startWorkerProcess } from './worker-process.ts'

/** The workers of one cluster, each a process: one leads, one waits, as in production. */
export type WorkerCrew = {
  /** For the rig: starts the first worker and the one that waits; its `stop` stops all of them. */
  readonly start: (parts: WorkerParts) => Promise<RunningWorker>
  /** The one that says it leads; undefined between two leaders. */
  readonly leader: () => WorkerProcess | undefined
  readonly all: () => readonly WorkerProcess[]
  /** kill -9 of the leader, at once, and a new one to wait; false between two leaders. */
  readonly killLeader: () => boolean
}

export function newWorkerCrew(options: WorkerProcessOptions = {}): WorkerCrew {
  const all: WorkerProcess[] = []
  let parts: WorkerParts | undefined
  const add = async (): Promise<void> => {
    if (parts) all.push(await startWorkerProcess(parts, options))
  }
  const leader = (): WorkerProcess | undefined => all.find((worker) => worker.leads())
  return {
    leader,
    all: () => all,
    start: async (given) => {
      parts = given
      await add()
      await add()
      const stop = async (): Promise<void> => {
        parts = undefined
        await Promise.all(all.map((worker) => worker.stop()))
      }
      return { leads: () => leader() !== undefined, stop }
    },
    killLeader: () => {
      const worker = leader()
      if (!worker) return false
      process.kill(worker.pid, 'SIGKILL')
      void worker.kill()
      void add()
      return true
    },
  }
}
