import type { Census, Stragglers } from '../../src/wire/census.ts'
import type { ClusterStatus, UpgradeReport, WorkerPulse } from '../../src/wire/read-model.ts'
import { approvalSample } from '../support/phase-samples.ts'

/** What a worker writes for the bot to answer from, of an ordinary cluster. */
export const AT = '2026-11-24T09:00:00.000Z'
const RUN = 'run-01jd9q4t7h0123456789abcdef'
const OLD = { revision: 'default', version: '1.30.0' }
const NEW = { revision: '1-31-0', version: '1.31.0' }
const MIGRATION = { from: ['default'], to: '1-31-0' }

export function status(cluster: string): ClusterStatus {
  return {
    v: 1,
    cluster,
    at: AT,
    controlPlanes: [OLD, NEW].map((plane) => ({ ...plane, ready: 2, wanted: 2 })),
    classes: [
      { key: 'istio-injection=enabled', namespaces: 31, gets: 'default' },
      { key: 'istio.io/rev=prod-stable', namespaces: 9, gets: 'default' },
    ],
    countedAt: AT,
    census: null,
    run: {
      id: RUN,
      state: 'waiting',
      phase: 'switch',
      from: [OLD],
      to: NEW,
      requestedBy: 'U0LEE',
      requestedAt: AT,
      stopped: false,
      alarms: [],
      rollbackOffered: true,
      open: [{ card: approvalSample('usual', 'pending', 'switch') }],
    },
  }
}

export function pulse(cluster: string): WorkerPulse {
  return { v: 1, cluster, worker: 'meshferry-worker-0', leads: true, at: AT }
}

export function census(cluster: string): Census {
  return {
    v: 1,
    cluster,
    migration: MIGRATION,
    countedAt: AT,
    pods: { old: 404, new: 760, other: 0 },
    unknown: 0,
    workloads: 61,
    teams: [
      { team: 'payments', old: 41, new: 12, other: 0, workloads: 3 },
      { team: 'search', old: 22, new: 70, other: 0, workloads: 5 },
      { team: null, old: 4, new: 0, other: 0, workloads: 1 },
    ],
    before: { day: '2026-11-23', old: 460 },
    second: { askedAt: AT, connected: [{ revision: 'default', proxies: 404, istiods: ['u-1/0', 'u-2/0'] }] },
  }
}

export function stragglers(cluster: string): Stragglers {
  const one = (team: string | null, namespace: string, name: string, old: number, code: string) => ({
    team,
    namespace,
    kind: 'Deployment',
    name,
    old,
    pods: old + 1,
    newestPodAt: AT,
    cause: { code, facts: {} },
  })
  return {
    v: 1,
    cluster,
    migration: MIGRATION,
    countedAt: AT,
    workloads: [
      one('payments', 'pay', 'api', 30, 'NOT_REDEPLOYED'),
      one('payments', 'pay', 'ledger', 11, 'NOT_REDEPLOYED'),
      one('search', 'search', 'index', 22, 'NOT_REDEPLOYED'),
      one(null, 'misc', 'relay', 4, 'NOT_REDEPLOYED'),
    ],
  }
}

export function report(cluster: string): UpgradeReport {
  return {
    v: 1,
    cluster,
    run: RUN,
    at: AT,
    from: [OLD],
    to: NEW,
    state: 'done',
    requestedBy: 'U0LEE',
    requestedAt: AT,
    approvals: [
      { phase: 'install', by: ['U0MEI'], startedBy: 'U0LEE' },
      { phase: 'switch', by: ['U0MEI'] },
      { phase: 'retire', by: ['U0MEI', 'U0SAM'], startedBy: 'U0LEE' },
    ],
    numbers: { podsMoved: 1164, tenantWorkloadsWritten: 0, clicks: 9, days: 11 },
    proven: 14,
    alarms: 0,
    audit: { lines: 120, head: 'a'.repeat(64), broken: null },
  }
}
