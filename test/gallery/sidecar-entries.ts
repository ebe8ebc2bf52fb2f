import { compareOfRun } from '../../src/census/compare-of-run.ts'
import type { Comparison } from '../../src/census/compare-sides.ts'
import type { WorkloadNow } from '../../src/census/sides.ts'
import type { Card } from '../../src/chat/views/blocks.ts'
import type { Look } from '../../src/chat/views/look.ts'
import { sidecarCard, sidecarChoice } from '../../src/chat/views/sidecar-answer.ts'
import type { ContainerStatus, KubeEvent, Pod } from '../../src/istio/objects.ts'
import { epochOf } from '../../src/kernel/clock.ts'
import type { Coded } from '../../src/wire/facts.ts'
import { aPlan } from '../support/run-builders.ts'
import { AT, ULID } from '../support/sample-size.ts'
import { sidecarPod, WELL, type PodChange } from '../support/sidecar-pods.ts'

const NOW = epochOf(AT)
const SWITCHED = { plan: aPlan(), state: 'switched' } as const
const RETURNING = { plan: aPlan(), state: 'returning' } as const

const many = (n: number, revision: string, change: PodChange): Pod[] =>
  Array.from({ length: n }, () => sidecarPod(revision, change, NOW))
const fresh = (change: PodChange = {}): Pod[] => many(3, '1-31-0', change)
const old = (change: PodChange = {}): Pod[] => many(9, 'default', { minutes: 20_000, ...change })

const waits = (reason: string, restartCount = 0): ContainerStatus => ({
  ready: false,
  restartCount,
  state: { waiting: { reason } },
})
const CRASHES = { app: waits('CrashLoopBackOff', 7) }
const UNREADY = { proxy: { ...WELL, ready: false } }
const UNPLACED = [
  { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
  { type: 'Ready', status: 'False' },
]

function warning(about: Pod | undefined, reason: string, message: string, count = 12): KubeEvent {
  const involvedObject = about
    ? { kind: 'Pod', name: about.metadata.name, uid: about.metadata.uid ?? '' }
    : { kind: 'Deployment', name: 'api' }
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e' },
    type: 'Warning',
    involvedObject,
    reason,
    message,
    count,
    lastTimestamp: AT,
  }
}

/** Some pods, and the same warning about one of each side that fails. */
function scene(reason: string, message: string, newPods: readonly Pod[], oldPods: readonly Pod[] = old()): WorkloadNow {
  const failing = [newPods, oldPods].flatMap(([first]) =>
    first?.status?.conditions?.some(({ status }) => status === 'False') ? [first] : [],
  )
  return { pods: [...newPods, ...oldPods], owners: [], events: failing.map((pod) => warning(pod, reason, message)) }
}

const PROBE = 'Readiness probe failed: HTTP probe failed with statuscode: 503'
const RESTARTING = 'Back-off restarting failed container web in pod web-1_pay'
const INJECTOR =
  'Error creating: Internal error occurred: failed calling webhook "rev.namespace.sidecar-injector.istio.io": no endpoints available for service "istiod-1-31-0"'

/** One workload for each verdict: what is drawn is what the comparison says of it. */
const SCENES: Readonly<Record<string, WorkloadNow>> = {
  'not, the same on both sides': scene('BackOff', RESTARTING, fresh(CRASHES), old(CRASHES)),
  'not, an image that is not there': scene(
    'Failed',
    'Error: ImagePullBackOff',
    fresh({ app: waits('ImagePullBackOff') }),
  ),
  'not, only old pods fail': scene('BackOff', RESTARTING, fresh(), old(CRASHES)),
  'could be, istio-proxy': scene('Unhealthy', PROBE, fresh(UNREADY)),
  'could be, the app': scene('BackOff', RESTARTING, fresh(CRASHES)),
  'could be, the injector': { ...scene('', '', [], old()), events: [warning(undefined, 'FailedCreate', INJECTOR)] },
  'either, the image changed too': scene('BackOff', RESTARTING, fresh({ ...CRASHES, image: 'shop/web:2' })),
  'no difference': scene('', '', fresh()),
  'no new pods': scene('', '', []),
  'no old pods': scene('Unhealthy', PROBE, fresh(UNREADY), []),
  'still starting': scene('Unhealthy', PROBE, fresh({ ...UNREADY, minutes: 1 })),
  'no node': scene(
    'FailedScheduling',
    '0/12 nodes are available: 12 Insufficient cpu.',
    fresh({ conditions: UNPLACED, app: {}, proxy: {} }),
  ),
  'events not readable': { ...scene('', '', fresh()), events: null },
}

const BROKEN: Readonly<Record<string, Coded>> = {
  'not counted lately': { code: 'SIDECAR_UNCOUNTED', facts: {} },
  'the cluster is silent': {
    code: 'SIDECAR_UNREAD',
    facts: { because: 'CLUSTER_UNREACHABLE', server: 'https://10.0.0.1:6443', message: 'connect ETIMEDOUT' },
  },
}

function drawn({ verdict, seen }: Comparison, look: Look, workload = 'pay/Deployment/api'): Card {
  const about = { team: 'payments', workload, by: 'U0LEE', channel: 'C0PROD', at: AT }
  const said = { ...verdict, facts: { ...about, ...verdict.facts } }
  const notice = {
    v: 1,
    kind: 'verdict',
    id: 'v-1',
    cluster: 'prod-a',
    at: AT,
    request: `rq-${ULID}`,
    ok: true,
  } as const
  return sidecarCard({ ...notice, said, more: [...seen] }, look)
}

function longest(look: Look): Card {
  const long = '<!channel> & *x* `y` 警'.repeat(40).slice(0, 200)
  const event = { code: 'SIDECAR_EVENT_NEW', facts: { reason: 'X', message: long, times: 9 } }
  const facts = { container: 'web', reason: 'X', n: 3, pods: 3, m: 0, old: 9, before: long, after: long }
  const seen = Array.from({ length: 20 }, () => event)
  return drawn(
    { verdict: { code: 'SIDECAR_EITHER', facts }, seen },
    look,
    `${'n'.repeat(63)}/Deployment/${'w'.repeat(253)}`,
  )
}

const CHOICE = { id: `rq-${ULID}`, team: 'payments', cluster: 'prod-a' }
const named = (n: number, name: string): string[] =>
  Array.from({ length: n }, (_, at) => `pay/Deployment/${name}-${at}`)

type Draw = (look: Look) => Card
const entry = (name: string, draw: Draw): readonly [string, Draw] => [`is it the sidecar, ${name}`, draw]

/** Everything that is answered to "Is it the sidecar?", by its name. */
export const SIDECAR_ANSWERS: Readonly<Record<string, Draw>> = Object.fromEntries([
  ...Object.entries(SCENES).map(([name, now]) => entry(name, (look) => drawn(compareOfRun(now, SWITCHED, NOW), look))),
  entry('back, only old pods fail', (look) =>
    drawn(compareOfRun(scene('BackOff', RESTARTING, fresh(), old(CRASHES)), RETURNING, NOW), look),
  ),
  ...Object.entries(BROKEN).map(([name, verdict]) => entry(name, (look) => drawn({ verdict, seen: [] }, look))),
  entry('the longest', longest),
  entry('which workload', (look) => sidecarChoice(CHOICE, named(3, 'api'), 0, look)),
  entry('which of many', (look) => sidecarChoice(CHOICE, named(25, 'w'.repeat(250)), 12, look)),
])
