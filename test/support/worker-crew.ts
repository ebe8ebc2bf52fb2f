import { startCrew, type WorkerCrew } from '../../src/compose/demo/worker-crew.ts'
import type { RunningWorker, WorkerParts } from '../../src/compose/worker.ts'
import type { TestWorker, WorkerProcessOptions } from './worker-process.ts'
import { startWorkerProcess } from './worker-process.ts'

/** The workers of one cluster, for the rig: its `start` starts the one that leads and the one that waits. */
export type TestCrew = Pick<WorkerCrew<TestWorker>, 'leader' | 'all' | 'killLeader'> & {
  readonly start: (parts: WorkerParts) => Promise<RunningWorker>
}

export function newWorkerCrew(options: WorkerProcessOptions = {}): TestCrew {
  let crew: WorkerCrew<TestWorker> | undefined
  return {
    leader: () => crew?.leader(),
    all: () => crew?.all() ?? [],
    killLeader: () => crew?.killLeader() ?? false,
    start: async (parts) => {
      crew = startCrew(() => startWorkerProcess(parts, options))
      return crew
    },
  }
}
