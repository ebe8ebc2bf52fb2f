import { readFile } from 'node:fs/promises'
import { newAudit } from '../audit/audit.ts'
import { newEvidenceFiles } from '../audit/evidence-files.ts'
import { newAuditStorage } from '../cluster/audit-storage.ts'
import { newCensusStore } from '../cluster/census-store.ts'
import { newCluster } from '../cluster/cluster.ts'
import { newConfigMaps } from '../cluster/config-maps.ts'
import { newDigestStore } from '../cluster/digest-store.ts'
import { holderGone, holderOfThisProcess } from '../cluster/holder.ts'
import { newIstioctl } from '../cluster/istioctl.ts'
import { openKubeConfig, type KubeSource } from '../cluster/kube-config.ts'
import { newKubeHttp, type KubeHttp } from '../cluster/kube-http.ts'
import type { LeaseTimes } from '../cluster/lease.ts'
import { ensureNamespace } from '../cluster/own-namespace.ts'
import type { PinnedBinaries } from '../cluster/pinned-binary.ts'
import { newRunStore } from '../cluster/run-store.ts'
import { newTeamStore } from '../cluster/team-store.ts'
import { newPreviewTurns } from '../flows/preview-turns.ts'
import { newPhaseProbes } from '../flows/probe-phase.ts'
import { newRunKeeper } from '../flows/run-keeper.ts'
import { newTeamKeeper } from '../flows/team-keeper.ts'
import type { Taken, WorkerContext, WorkerSettings } from '../flows/worker-context.ts'
import type { Mesh } from '../istio/mesh.ts'
import { openWorkQueue } from '../jobs/work-queue.ts'
import type { Clocks } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { newTurns } from '../kernel/turns.ts'
import type { SlackState } from '../ports/read-model.ts'
import { openRedis, type RedisLink } from '../store/open-redis.ts'
import { newReadModelWriter } from '../store/read-model.ts'
import { getSlackWord } from '../store/slack-word.ts'
import type { Policy } from '../upgrade/policy.ts'
import { newHttpProbes } from '../web/http-probes.ts'
import type { Locale } from '../wire/names.ts'

/** What is needed to act on one cluster, from wherever it is asked. */
export type ActingParts = {
  readonly settings: WorkerSettings
  readonly policy: Policy
  readonly kube: KubeSource
  readonly istioctl: PinnedBinaries
  readonly recordKeys: readonly string[]
  readonly leaseTimes?: LeaseTimes
  /** Where the evidence of a finished upgrade is put, and in which language its page is; absent: nowhere. */
  readonly evidence?: { readonly folder: string; readonly locale: Locale }
  readonly clocks: Clocks
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
}

/** What one cluster's worker is built from. */
export type WorkerParts = ActingParts & { readonly redisUrl: string }

/** Where steps and notices go, and what the bot answers from. */
export type Outlets = Pick<WorkerContext, 'queue' | 'readModel'> & { readonly close: () => Promise<void> }

/** A worker's context but for the signal, which is new each time it takes the lead. */
type SharedContext = Omit<WorkerContext, 'lost' | 'holds'>

export type OpenContext = {
  readonly shared: SharedContext
  readonly http: KubeHttp
  readonly identity: string
  readonly close: () => Promise<void>
}

/**
 * Reaches the cluster and Redis; both must answer now. Throws with a code that names what doesn't. `holds` says whether this
 * worker leads at this very moment: else nothing that it makes here changes the cluster or the record.
 */
export async function openContext(
  parts: WorkerParts,
  holds: () => boolean,
): Promise<OpenContext & { readonly slackWord: () => Promise<SlackState | null> }> {
  const name = parts.settings.cluster
  const links: RedisLink[] = []
  const open = await openContextWith(parts, holds, async () => {
    const link = await openRedis(parts.redisUrl, parts.log)
    links.push(link)
    const queue = openWorkQueue(parts.redisUrl, name, parts.log)
    const close = async (): Promise<void> => {
      await queue.close()
      await link.close()
    }
    return { queue, readModel: newReadModelWriter(link.redis, name), close }
  })
  const [link] = links
  return { ...open, slackWord: async () => (link ? getSlackWord(link.redis, name) : null) }
}

/** The same with outlets of the caller's choice: from a terminal there is no Redis. */
export async function openContextWith(
  parts: ActingParts,
  holds: () => boolean,
  openOutlets: () => Promise<Outlets>,
): Promise<OpenContext> {
  const { settings, log, clocks } = parts
  const name = settings.cluster
  const access = openKubeConfig(parts.kube, parts.env)
  const http = newKubeHttp(access)
  const guard = (): void => {
    if (!holds()) throw new CodedError('LEASE_LOST')
  }
  const reaching = { http, istioNamespace: settings.istioNamespace, clock: clocks.machine, log }
  // Before anybody can lead there must be a place for the Lease.
  await ensureNamespace(newCluster(reaching), settings)
  const cluster = newCluster({ ...reaching, guard })
  const { close: closeOutlets, ...outlets } = await openOutlets()
  const seals = { cluster: name, keys: parts.recordKeys }
  const maps = newConfigMaps(http, settings.namespace)
  const store = newRunStore(maps, seals)
  const identity = newId('worker', clocks.machine.now())
  const shared: SharedContext = {
    settings,
    policy: parts.policy,
    cluster,
    istioctl: newIstioctl({ pinned: parts.istioctl, access, istioNamespace: settings.istioNamespace, env: parts.env }),
    store,
    censusStore: newCensusStore(maps, seals),
    digestStore: newDigestStore(maps, seals),
    teams: newTeamKeeper(newTeamStore(maps, seals)),
    runs: newRunKeeper(store, parts.policy, guard),
    audit: newAudit(newAuditStorage(maps, seals)),
    ...outlets,
    ...witnesses(parts),
    clocks,
    log,
    newId: (prefix) => newId(prefix, clocks.machine.now()),
    holder: await holderOfThisProcess(identity, cluster, parts.env),
    holderGone: (other) => holderGone(other, cluster, clocks.machine.now()),
    operatorFileText: () => operatorFileText(settings.operatorFile),
    ...memory(),
    ...turns(),
    running: new Map(),
  }
  const close = async (): Promise<void> => {
    await closeOutlets()
    await http.close()
  }
  return { shared, http, identity, close }
}

/** What looks at tenants' traffic meanwhile, and where the evidence goes afterwards. */
function witnesses({ settings, evidence, clocks }: ActingParts): Pick<SharedContext, 'phaseProbes' | 'evidenceFiles'> {
  const probes = settings.probes.length > 0 ? newHttpProbes(settings.probes, clocks.machine) : null
  return {
    phaseProbes: newPhaseProbes(probes),
    evidenceFiles: evidence ? newEvidenceFiles(evidence.folder, evidence.locale) : null,
  }
}

function turns(): Pick<SharedContext, 'effectTurns' | 'previewTurns'> {
  return { effectTurns: newTurns(), previewTurns: newPreviewTurns() }
}

function memory(): Pick<SharedContext, 'lastMesh' | 'keepMesh' | 'lastCensus' | 'keepCensus'> {
  let mesh: Mesh | null = null
  let taken: Taken | null = null
  return {
    lastCensus: () => taken,
    keepCensus: (latest) => {
      taken = latest
    },
    lastMesh: () => mesh,
    keepMesh: (seen) => {
      mesh = seen
    },
  }
}

async function operatorFileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new CodedError('OPERATOR_FILE_MISSING', { path }, { cause: error })
  }
}
