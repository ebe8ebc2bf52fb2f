import type { RestartFacts } from '../../src/wire/restart-card.ts'
import type { WorkloadRef } from '../../src/wire/restarts.ts'
import { about, AT, coded, long, type Size } from './sample-size.ts'

const STUCK = {
  code: 'RESTART_STUCK',
  facts: { message: 'ReplicaSet "api-7d9" has timed out progressing.' },
}

const UNREAD = {
  code: 'CLUSTER_UNREACHABLE',
  facts: { server: 'https://prod-a.example.com:6443', message: 'no answer' },
}

/** A restart in each of its states, and each end that it may have. */
const CARDS = {
  planned: { state: 'planned', due: '2026-12-02T09:30:00.000Z' },
  asked: { state: 'asked' },
  running: { state: 'running', counts: { wanted: 3, updated: 2, available: 3 } },
  done: { state: 'done', counts: { wanted: 3, updated: 3, available: 3 }, endedAt: AT },
  stuck: { state: 'failed', counts: { wanted: 3, updated: 1, available: 2 }, because: STUCK, endedAt: AT },
  slow: { state: 'failed', because: { code: 'RESTART_SLOW', facts: { minutes: 20 } }, endedAt: AT },
  overtaken: { state: 'failed', because: { code: 'RESTART_OVERTAKEN', facts: {} }, endedAt: AT },
  changed: { state: 'failed', because: { code: 'RESTART_CHANGED', facts: {} }, endedAt: AT },
  moved: { state: 'dropped', because: { code: 'RESTART_NOT_NEEDED', facts: {} }, due: AT, endedAt: AT },
  unread: { state: 'failed', because: UNREAD, endedAt: AT },
  turned: {
    state: 'dropped',
    because: { code: 'RESTART_TURNED', facts: { to: '1.31.0' } },
    due: '2026-12-02T09:30:00.000Z',
    endedAt: AT,
  },
  lapsed: { state: 'dropped', because: { code: 'RESTART_LAPSED', facts: {} }, endedAt: AT },
  missed: { state: 'dropped', because: { code: 'RESTART_MISSED', facts: {} }, due: AT, endedAt: AT },
} as const satisfies Readonly<Record<string, Partial<RestartFacts>>>

type RestartCardName = keyof typeof CARDS
export const RESTART_CARDS = Object.keys(CARDS) as readonly RestartCardName[]

export function restartSample(size: Size, name: RestartCardName): RestartFacts {
  const facts: Partial<RestartFacts> & Pick<RestartFacts, 'state'> = CARDS[name]
  return {
    card: 'restart',
    id: 'rq-01jd9q4t7hzzzzzzzzzzzzzzzz',
    ...about(size),
    team: long(size, 'payments', 63),
    workload: workloadSample(size, 0),
    by: 'U0MEI',
    at: AT,
    ...facts,
    ...(facts.because ? { because: coded(size, facts.because) } : {}),
  }
}

export function workloadSample(size: Size, index: number): WorkloadRef {
  const [namespace, name] = [long(size, 'pay', 63), long(size, ['api', 'web', 'ledger'][index] ?? `api-${index}`, 253)]
  return { namespace, kind: 'Deployment', name }
}
