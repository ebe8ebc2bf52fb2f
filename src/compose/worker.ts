import { LEASE_TIMES, newLeadership } from '../cluster/lease.ts'
import { handleRequest } from '../flows/handle-request.ts'
import { lead } from '../flows/lead.ts'
import { runStep } from '../flows/run-step.ts'
import type { WorkerContext } from '../flows/worker-context.ts'
import { startRequestWorker, startStepWorker } from '../jobs/workers.ts'
import { CodedError } from '../kernel/errors.ts'
import type { ReadModelWriter } from '../ports/read-model.ts'
import type { PartHealth } from '../web/serve-health.ts'
import { openContext, type OpenContext, type WorkerParts } from './worker-context.ts'
import { workerHealth } from './worker-health.ts'

export type { WorkerParts } from './worker-context.ts'

export type RunningWorker = {
  readonly leads: () => boolean
  readonly stop: () => Promise<void>
}

export type OwnWorker = RunningWorker & { readonly health: () => Promise<PartHealth> }

/** How long a job that runs may still take when the worker is told to stop. */
const CLOSE_MS = 8000

/**
 * One cluster's worker: reaches the cluster and Redis (both must answer at the start), then waits for the Lease; while it
 * holds it, it takes requests and steps from the queues and looks after the run.
 */
export async function startWorker(parts: WorkerParts): Promise<OwnWorker> {
  const current: { context: WorkerContext | null; lookedAt: number } = { context: null, lookedAt: 0 }
  const now = parts.clocks.machine.now
  const open = await openContext(parts, () => current.context?.holds() ?? false)
  const source = { url: parts.redisUrl, cluster: parts.settings.cluster, log: parts.log }
  const requests = startRequestWorker(source, (raw) => handleRequest(leading(current.context), raw))
  const steps = startStepWorker(source, (job) => runStep(leading(current.context), job))
  const stopping = new AbortController()
  const whileLeading = async (lost: AbortSignal, holds: () => boolean): Promise<void> => {
    // Each look of a leader begins with its pulse.
    const putPulse: ReadModelWriter['putPulse'] = (pulse) => {
      current.lookedAt = now()
      return open.shared.readModel.putPulse(pulse)
    }
    const context = { ...open.shared, readModel: { ...open.shared.readModel, putPulse }, lost, holds }
    current.lookedAt = now()
    current.context = context
    parts.log.info('this worker leads', { cluster: source.cluster, worker: open.identity })
    requests.resume()
    steps.resume()
    await lead(context)
    await Promise.all([requests.pause(), steps.pause()])
    current.context = null
    parts.log.info('this worker no longer leads', { cluster: source.cluster, worker: open.identity })
  }
  const leaderLoop = leadershipOf(parts, open).run(whileLeading, stopping.signal)
  return {
    leads: () => current.context !== null,
    health: () =>
      workerHealth(
        {
          cluster: source.cluster,
          lastLook: current.context ? current.lookedAt : null,
          readRecord: () => open.shared.store.active(),
          slackWord: open.slackWord,
        },
        now(),
      ),
    stop: async () => {
      stopping.abort()
      await leaderLoop
      await Promise.all([requests.close(CLOSE_MS), steps.close(CLOSE_MS)])
      await open.close()
    },
  }
}

function leadershipOf(parts: WorkerParts, open: OpenContext) {
  return newLeadership({
    http: open.http,
    namespace: parts.settings.namespace,
    cluster: parts.settings.cluster,
    identity: open.identity,
    machine: parts.clocks.machine,
    log: parts.log,
    times: parts.leaseTimes ?? LEASE_TIMES,
  })
}

/** A job that was taken in the moment the Lease was lost is given back: it throws before anything was looked at. */
function leading(context: WorkerContext | null): WorkerContext {
  if (!context?.holds()) throw new CodedError('LEASE_LOST')
  return context
}
