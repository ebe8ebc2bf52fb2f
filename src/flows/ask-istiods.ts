import { connectedProxies } from '../istio/pilot-metrics.ts'
import type { Pod } from '../istio/objects.ts'
import { DEFAULT_REVISION } from '../istio/revision-names.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { Connected } from '../wire/census.ts'
import type { WorkerContext } from './worker-context.ts'

const METRICS = 15_014
/** Without a process nobody is connected. */
const NOT_RUNNING: readonly (string | undefined)[] = ['Pending', 'Succeeded', 'Failed']

/**
 * The second source: how many proxies each revision's istiods have connected, asked of every one of them. One that can't be
 * asked makes its revision's number unknown (promise 5). No istiod at all is zero.
 */
export async function askIstiods(ctx: WorkerContext, revisions: readonly string[]): Promise<readonly Connected[]> {
  const options = { namespace: ctx.settings.istioNamespace, labelSelector: 'app=istiod' }
  const pods = (await ctx.cluster.list('v1', 'Pod', options)) as readonly Pod[]
  const running = pods.filter(({ status }) => !NOT_RUNNING.includes(status?.phase))
  return Promise.all(
    revisions.map(async (revision) => {
      const own = running.filter(({ metadata }) => (metadata.labels?.['istio.io/rev'] ?? DEFAULT_REVISION) === revision)
      const answers = await Promise.all(own.map((pod) => askIstiod(ctx, pod)))
      return { revision, proxies: sumUnlessUnknown(answers), istiods: own.map(processOf).sort() }
    }),
  )
}

/** Another one after a restart: whoever was connected to the one before may not be again yet. */
function processOf({ metadata, status }: Pod): string {
  const restarts = status?.containerStatuses?.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0) ?? 0
  return `${metadata.uid ?? metadata.name}/${restarts}`
}

async function askIstiod({ cluster, log }: WorkerContext, { metadata }: Pod): Promise<number | null> {
  const { name, namespace = '' } = metadata
  try {
    return connectedProxies(await cluster.readPodText({ namespace, name, port: METRICS }, '/metrics'))
  } catch (error) {
    log.warn('an istiod could not be asked for its proxies', { pod: name, code: refusalOf(error).code })
    return null
  }
}

function sumUnlessUnknown(answers: readonly (number | null)[]): number | null {
  let sum = 0
  for (const answer of answers) {
    if (answer === null) return null
    sum += answer
  }
  return sum
}
