import type { Card } from '../../src/chat/views/blocks.ts'
import type { Look } from '../../src/chat/views/look.ts'
import { sidecarCard, sidecarChoice } from '../../src/chat/views/sidecar-answer.ts'
import type { Coded } from '../../src/wire/facts.ts'
import { AT, ULID } from '../support/sample-size.ts'

const APP = { container: 'web', reason: 'CrashLoopBackOff', n: 3, pods: 3, m: 0, old: 9 }
const PROXY = { ...APP, container: 'istio-proxy', reason: '' }
const IMAGES = { before: 'registry.example.com/web:1.4.0', after: 'registry.example.com/web:1.5.0' }
const REFUSED =
  'Error creating: Internal error occurred: failed calling webhook "rev.namespace.sidecar-injector.istio.io": no endpoints available for service "istiod-1-31-0"'
const UNREACHABLE = { because: 'CLUSTER_UNREACHABLE', server: 'https://10.0.0.1:6443', message: 'connect ETIMEDOUT' }

const VERDICTS: Readonly<Record<string, Coded['facts']>> = {
  SIDECAR_NOT_SAME: { ...APP, m: 9 },
  SIDECAR_NOT_CONTAINER: { ...APP, reason: 'ImagePullBackOff' },
  SIDECAR_NOT_OLD_ONLY: { pods: 3, old: 9 },
  SIDECAR_MAYBE_PROXY: PROXY,
  SIDECAR_MAYBE_APP: APP,
  SIDECAR_MAYBE_INJECTION: { message: REFUSED },
  SIDECAR_EITHER: { ...APP, ...IMAGES },
  SIDECAR_NO_DIFFERENCE: { pods: 3, old: 9 },
  SIDECAR_NO_NEW_PODS: { old: 9 },
  SIDECAR_NO_OLD_PODS: { pods: 12 },
  SIDECAR_STARTING: { n: 2, pods: 3 },
  SIDECAR_POD_WAITS: { ...APP, reason: 'Unschedulable', message: '0/12 nodes are available: 12 Insufficient cpu.' },
  SIDECAR_EVENTS_NEEDED: {},
  SIDECAR_UNCOUNTED: {},
  SIDECAR_UNREAD: UNREACHABLE,
}

const SIDE = { pods: 3, ready: 0, proxyReady: 0, proxyRestarts: 0, appRestarts: 21 }

function seen(code: string): readonly Coded[] {
  if (code === 'SIDECAR_UNREAD' || code === 'SIDECAR_UNCOUNTED') return []
  const message = 'Readiness probe failed: HTTP probe failed with statuscode: 503'
  return [
    { code: 'SIDECAR_SIDE_NEW', facts: SIDE },
    { code: 'SIDECAR_SIGN_NEW', facts: { container: 'istio-proxy', reason: '', n: 3, pods: 3 } },
    { code: 'SIDECAR_EVENT_NEW', facts: { reason: 'Unhealthy', message, times: 41 } },
    { code: 'SIDECAR_SIDE_OLD', facts: { ...SIDE, pods: 9, ready: 9, proxyReady: 9, appRestarts: 2 } },
    { code: 'SIDECAR_SIGN_OLD', facts: { container: 'web', reason: 'OOMKilled', n: 1, pods: 9 } },
    { code: 'SIDECAR_EVENT_OLD', facts: { reason: 'BackOff', message: 'Back-off restarting web', times: 1 } },
    { code: 'SIDECAR_OTHERS', facts: { n: 1 } },
    { code: 'SIDECAR_EVENTS_UNREAD', facts: {} },
  ]
}

function drawn(code: string, facts: Coded['facts'], look: Look, more = seen(code)): Card {
  const about = { team: 'payments', workload: 'pay/Deployment/api', by: 'U0LEE', channel: 'C0PROD', at: AT }
  const said = { code, facts: { ...about, ...facts } }
  const verdict = {
    v: 1,
    kind: 'verdict',
    id: 'v-1',
    cluster: 'prod-a',
    at: AT,
    request: `rq-${ULID}`,
    ok: true,
  } as const
  return sidecarCard({ ...verdict, said, more: [...more] }, look)
}

const LONG = '<!channel> & *x* `y` 警'.repeat(40).slice(0, 200)
const LONGEST = Array.from({ length: 20 }, () => ({
  code: 'SIDECAR_EVENT_NEW',
  facts: { reason: 'X', message: LONG, times: 9 },
}))
const CHOICE = { id: `rq-${ULID}`, team: 'payments', cluster: 'prod-a' }
const named = (n: number, name: string): string[] =>
  Array.from({ length: n }, (_, at) => `pay/Deployment/${name}-${at}`)

/** Everything that is answered to "Is it the sidecar?", by its name. */
export const SIDECAR_ANSWERS: Readonly<Record<string, (look: Look) => Card>> = {
  ...Object.fromEntries(
    Object.entries(VERDICTS).map(([code, facts]) => [
      `is it the sidecar, ${code.slice(8).toLowerCase().replaceAll('_', ' ')}`,
      (look: Look) => drawn(code, facts, look),
    ]),
  ),
  'is it the sidecar, the longest': (look) =>
    drawn(
      'SIDECAR_EITHER',
      { ...APP, before: LONG, after: LONG, workload: `${'n'.repeat(63)}/Deployment/${'w'.repeat(253)}` },
      look,
      LONGEST,
    ),
  'is it the sidecar, which workload': (look) => sidecarChoice(CHOICE, named(3, 'api'), 0, look),
  'is it the sidecar, which of many': (look) => sidecarChoice(CHOICE, named(25, 'w'.repeat(250)), 12, look),
}
