import { readFile } from 'node:fs/promises'
import { newAudit } from '../audit/audit.ts'
import { newAuditStorage } from '../cluster/audit-storage.ts'
import { newCluster } from '../cluster/cluster.ts'
import { newConfigMaps } from '../cluster/config-maps.ts'
import { holderGone, holderOfThisProcess } from '../cluster/holder.ts'
import { newIstioctl } from '../cluster/istioctl.ts'
import { openKubeConfig, type KubeSource } from '../cluster/kube-config.ts'
import { newKubeHttp } from '../cluster/kube-http.ts'
import { LEASE_TIMES, newLeadership, type LeaseTimes } from '../cluster/lease.ts'
import { ensureNamespace } from '../cluster/own-namespace.ts'
import type { PinnedBinaries } from '../cluster/pinned-binary.ts'
import { newRunStore } from '../cluster/run-store.ts'
import { handleRequest } from '../flows/handle-request.ts'
import { lead } from '../flows/lead.ts'
import { newRunKeeper } from '../flows/run-keeper.ts'
import { runStep } from '../flows/run-step.ts'
import type { WorkerContext, WorkerSettings } from '../flows/worker-context.ts'
import type { Mesh } from '../istio/mesh.ts'
import { openWorkQueue } from '../jobs/work-queue.ts'
import { startRequestWorker, startStepWorker } from '../jobs/workers.ts'
import type { Clocks } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { newTurns } from '../kernel/turns.ts'
import { openRedis } from '../store/open-redis.ts'
import { newReadModelWriter } from '../store/read-model.ts'
import type { Policy } from '../upgrade/policy.ts'

export type WorkerParts = {
  readonly settings: WorkerSettings
  readonly policy: Policy
  readonly kube: KubeSource
  readonly istioctl: PinnedBinaries
  readonly redisUrl: string
  readonly recordKeys: readonly string[]
  readonly leaseTimes?: LeaseTimes
  readonly clocks: Clocks
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
}

export type RunningWorker = { readonly leads: () => boolean; readonly stop: () => Promise<void> }

const CLOSE_MS = 8000

/**
 * One cluster's worker: reaches the cluster and Redis (both must answer at the start), then waits for the Lease; while it
 * holds it, it takes requests and steps from the queues and looks after the run.
 */
export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { settings, log, clocks, redisUrl } = parts
  const name = settings.cluster
  const access = openKubeConfig(parts.kube, parts.env)
  const http = newKubeHttp(access)
  const cluster = newCluster({ http, istioNamespace: settings.istioNamespace, clock: clocks.machine, log })
  await ensureNamespace(cluster, settings)
  const link = await openRedis(redisUrl, log)
  const queue = openWorkQueue(redisUrl, name, log)
  const seals = { cluster: name, keys: parts.recordKeys }
  const maps = newConfigMaps(http, settings.namespace)
  const store = newRunStore(maps, seals)
  const identity = newId('worker', clocks.machine.now())
  const holder = await holderOfThisProcess(identity, cluster, parts.env)
  let mesh: Mesh | null = null
  const shared: Omit<WorkerContext, 'lost'> = {
    settings,
    policy: parts.policy,
    cluster,
    istioctl: newIstioctl({ pinned: parts.istioctl, access, istioNamespace: settings.istioNamespace, env: parts.env }),
    store,
    runs: newRunKeeper(store, parts.policy),
    audit: newAudit(newAuditStorage(maps, seals)),
    queue,
    readModel: newReadModelWriter(link.redis, name),
    clocks,
    log,
    newId: (prefix) => newId(prefix, clocks.machine.now()),
    holder,
    holderGone: (other) => holderGone(other, cluster, clocks.machine.now()),
    operatorFileText: () => operatorFileText(settings.operatorFile),
    lastMesh: () => mesh,
    keepMesh: (seen) => {
      mesh = seen
    },
    effectTurns: newTurns(),
    running: new Map(),
  }
  const current: { context: WorkerContext | null } = { context: null }
  const source = { url: redisUrl, cluster: name, log }
  const requests = startRequestWorker(source, (raw) => handleRequest(leading(current.context), raw))
  const steps = startStepWorker(source, (job) => runStep(leading(current.context), job))
  const leadership = newLeadership({
    http,
    namespace: settings.namespace,
    cluster: name,
    identity,
    machine: clocks.machine,
    log,
    times: parts.leaseTimes ?? LEASE_TIMES,
  })
  const stopping = new AbortController()
  const leaderLoop = leadership.run(async (lost) => {
    const context = { ...shared, lost }
    current.context = context
    log.info('this worker leads', { cluster: name, worker: identity })
    requests.resume()
    steps.resume()
    await lead(context)
    await Promise.all([requests.pause(), steps.pause()])
    current.context = null
    log.info('this worker no longer leads', { cluster: name, worker: identity })
  }, stopping.signal)
  return {
    leads: () => current.context !== null,
    stop: async () => {
      stopping.abort()
      await leaderLoop
      await Promise.all([requests.close(CLOSE_MS), steps.close(CLOSE_MS)])
      await queue.close()
      await link.close()
      await http.close()
    },
  }
}

/** A job that was taken in the moment the Lease was lost is given back: it throws before anything was looked at. */
function leading(context: WorkerContext | null): WorkerContext {
  if (!context || context.lost.aborted) throw new CodedError('LEASE_LOST')
  return context
}

async function operatorFileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new CodedError('OPERATOR_FILE_MISSING', { path }, { cause: error })
  }
}
