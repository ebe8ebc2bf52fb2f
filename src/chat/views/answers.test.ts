import { describe, expect, test } from '@jest/globals'
import { troublesOf } from '../../../test/support/card-limits.ts'
import { approvalSample } from '../../../test/support/phase-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import { CODES } from '../../wire/codes.ts'
import type { VerdictNotice } from '../../wire/notice.ts'
import type { Census, Deadline, Stragglers } from '../../wire/census.ts'
import type { ClusterStatus, UpgradeReport } from '../../wire/read-model.ts'
import { answerCard, verdictCard } from './answers.ts'
import { approvalsCard, waitingFor } from './approvals.ts'
import type { Card } from './blocks.ts'
import { clusterPicker, didYouMeanCard, helpCard, insteadCard } from './help.ts'
import { reportCard } from './report.ts'
import { statusCard } from './status.ts'
import { stragglersCard } from './stragglers.ts'

const AT = '2026-11-24T09:00:00.000Z'
const LOCALES = ['en', 'zh'] as const
const EVIL = `<!channel> *x* \`y\` ${'长'.repeat(1500)}`
const NAMES = Array.from({ length: 60 }, (_, index) => `cluster-number-${index}`)

function status(cluster: string, items: number): ClusterStatus {
  const coded = { code: 'ALARM_GAP', facts: { class: EVIL, namespace: 'shop', expected: '1-31-0', found: '' } }
  const plane = { revision: '1-31-0', version: '1.31.0' }
  return {
    v: 1,
    cluster,
    at: AT,
    controlPlanes: Array.from({ length: items }, () => ({ ...plane, ready: 2, wanted: 2 })),
    classes: Array.from({ length: items }, () => ({ key: 'istio.io/rev=x'.repeat(7), namespaces: 3, gets: null })),
    countedAt: null,
    census: null,
    run: {
      id: 'run-01jd9q4t7h0123456789abcdef',
      state: 'halted',
      phase: 'switch',
      from: [plane],
      to: plane,
      requestedBy: 'U0LEE',
      requestedAt: AT,
      stopped: false,
      halted: coded,
      alarms: Array.from({ length: items }, () => coded),
      rollbackOffered: true,
      open: Array.from({ length: items }, () => ({ card: approvalSample('worst', 'pending', 'switch') })),
    },
  }
}

function refused(count: number): VerdictNotice {
  const one = { code: 'CLUSTER_REFUSED', facts: { message: EVIL } }
  const more = Array.from({ length: count }, () => one)
  const said = { code: 'PLAN_REFUSED', facts: { version: '1.31.0', reasons: count } }
  const request = 'rq-01jd9q4t7h0123456789abcdef'
  return { v: 1, kind: 'verdict', id: 'v', cluster: 'prod-a', at: AT, request, ok: false, said, more }
}

function straggling(teams: number, each: number): Stragglers {
  const one = (team: string | null, n: number) => ({
    team,
    namespace: 'n'.repeat(63),
    kind: 'StatefulSet',
    name: `${'w'.repeat(240)}${n}`,
    old: 3,
    pods: 4,
    newestPodAt: AT,
    cause: { code: 'IMAGE_PINNED', facts: { image: EVIL } },
  })
  const names = [...Array.from({ length: teams }, (_, index) => `${EVIL.slice(0, 60)}${index}`), null]
  const workloads = names.flatMap((team) => Array.from({ length: each }, (_, n) => one(team, n)))
  return { v: 1, cluster: 'prod-a', migration: { from: ['default'], to: '1-31-0' }, countedAt: AT, workloads }
}

const CENSUS: Census = {
  v: 1,
  cluster: 'prod-a',
  migration: { from: ['default'], to: '1-31-0' },
  countedAt: AT,
  pods: { old: 70, new: 30, other: 2 },
  unknown: 0,
  workloads: 40,
  teams: Array.from({ length: 60 }, (_, index) => ({
    team: `${EVIL.slice(0, 60)}${index}`,
    old: 1,
    new: 0,
    other: 0,
    workloads: 1,
  })),
  before: { day: '2026-11-23', old: 75 },
  second: { askedAt: AT, connected: [{ revision: 'default', proxies: null, istiods: ['u/0'] }] },
}

function askedBy(deadline: Deadline): ClusterStatus {
  const { run, ...rest } = status('a', 20)
  return { ...rest, census: CENSUS, run: run && { ...run, deadline } }
}

function report(approvals: number): UpgradeReport {
  return {
    v: 1,
    cluster: 'prod-a',
    run: 'run-01jd9q4t7h0123456789abcdef',
    at: AT,
    from: [{ revision: 'default', version: '1.30.0' }],
    to: { revision: '1-31-0', version: '1.31.0' },
    state: 'done',
    requestedBy: 'U0LEE',
    requestedAt: AT,
    approvals: Array.from({ length: approvals }, () => ({
      phase: 'switch',
      by: ['U0MEI', 'U0SRE'],
      startedBy: 'U0LEE',
    })),
    numbers: { podsMoved: 412, tenantWorkloadsWritten: null, clicks: 9, days: 11 },
    proven: 14,
    alarms: 1,
    audit: { lines: 120, head: 'a'.repeat(64), broken: null },
    ...(approvals > 2 ? { files: [`/data/${EVIL}/${'x'.repeat(480)}.json`] } : {}),
  }
}

const CARDS: readonly (readonly [string, (locale: 'en' | 'zh') => Card])[] = [
  ['help', (locale) => helpCard('/istio', NAMES, look(locale))],
  ['did you mean', (locale) => didYouMeanCard('/istio', EVIL.slice(0, 60), 'status', look(locale))],
  ['no guess', (locale) => didYouMeanCard('/istio', EVIL.slice(0, 60), null, look(locale))],
  [
    'what was meant instead',
    (locale) => {
      const why = {
        code: 'TEAM_OR_CLUSTER_UNKNOWN',
        facts: { typed: EVIL.slice(0, 60), clusters: NAMES, teams: NAMES },
      }
      return insteadCard(
        '/istio',
        why,
        Array.from({ length: 5 }, () => `stragglers ${'团'.repeat(60)}`),
        look(locale),
      )
    },
  ],
  ['which cluster', (locale) => clusterPicker('/istio', NAMES, (name) => `stop ${name}`, look(locale))],
  [
    'status while pods migrate',
    (locale) =>
      statusCard([{ cluster: 'a', status: { ...status('a', 20), census: CENSUS }, pulse: null }], look(locale)),
  ],
  [
    'status with a deadline',
    (locale) =>
      statusCard([{ cluster: 'a', status: askedBy({ day: '2026-12-04', days: 10 }), pulse: null }], look(locale)),
  ],
  ['stragglers', (locale) => stragglersCard([{ cluster: 'a', list: straggling(60, 20) }], null, look(locale))],
  [
    'stragglers of many clusters',
    (locale) =>
      stragglersCard(
        NAMES.map((cluster) => ({ cluster, list: straggling(3, 3) })),
        null,
        look(locale),
      ),
  ],
  ['no stragglers', (locale) => stragglersCard([{ cluster: 'a', list: null }], null, look(locale))],
  ['status of one', (locale) => statusCard([{ cluster: 'a', status: status('a', 20), pulse: null }], look(locale))],
  [
    'status of many',
    (locale) =>
      statusCard(
        NAMES.map((cluster) => ({ cluster, status: status(cluster, 3), pulse: null })),
        look(locale),
      ),
  ],
  ['report', (locale) => reportCard([{ cluster: 'prod-a', report: report(2) }], '/istio', look(locale))],
  [
    'report of many clusters',
    (locale) =>
      reportCard(
        NAMES.map((cluster) => ({ cluster, report: report(8) })),
        '/istio',
        look(locale),
      ),
  ],
  ['no report', (locale) => reportCard([{ cluster: 'prod-a', report: null }], '/istio', look(locale))],
  ['status unknown', (locale) => statusCard([{ cluster: 'a', status: null, pulse: null }], look(locale))],
  ['no approvals', (locale) => approvalsCard([], look(locale))],
  [
    'many approvals',
    (locale) =>
      approvalsCard(
        waitingFor([status('a', 30)], { user: 'U0X', groups: ['S0GROUP1'] }, () => ''),
        look(locale),
      ),
  ],
  ['one refusal', (locale) => verdictCard(refused(1), look(locale))],
  ['many refusals', (locale) => verdictCard(refused(80), look(locale))],
]

describe('answers keep Slack’s limits', () => {
  test.each(CARDS.flatMap(([name, draw]) => LOCALES.map((locale) => ({ name, locale, draw }))))(
    '$name, $locale',
    ({ locale, draw }) => {
      expect(troublesOf(draw(locale))).toEqual([])
    },
  )

  test.each([...CODES])('%s with the longest facts', (code) => {
    const facts = { message: EVIL, said: EVIL, class: EVIL, objects: Array.from({ length: 200 }, () => 'o'.repeat(60)) }
    for (const locale of LOCALES)
      expect(troublesOf(answerCard({ code, facts }, 'not', look(locale), 'rq-1'))).toEqual([])
  })
})

test('what still goes on is not drawn as done, nor as refused, and carries no code', () => {
  const facts = { cluster: 'a', at: AT }
  const { text, blocks } = answerCard({ code: 'WORKER_WORKING', facts }, 'waiting', look('en'))
  expect(text).toMatch(/^⏳ The worker of a is still checking/)
  expect(JSON.stringify(blocks)).not.toMatch(/WORKER_WORKING|✅|🚫/)
})

test('the status says how far the deadline is', () => {
  const drawn = (locale: 'en' | 'zh'): string =>
    JSON.stringify(
      statusCard([{ cluster: 'a', status: askedBy({ day: '2026-12-04', days: -1 }), pulse: null }], look(locale)),
    )
  expect(drawn('en')).toMatch(/The deadline was 1 day ago, <!date\^\d+\^\{date_short_pretty\}\|2026-12-04>\./)
  expect(drawn('zh')).toMatch(/截止日 <!date\S+\|2026-12-04> 已过 1 天。/)
})

describe('a refused plan', () => {
  test('lists what speaks against it, not the headline once more', () => {
    const drawn = JSON.stringify(verdictCard(refused(2), look('en')))
    expect(drawn).toContain('2 things speak against it')
    expect(drawn).not.toContain('The upgrade to 1.31.0 cannot start')
  })
})

describe('a plan refused only for differences that a person may acknowledge', () => {
  const differs = { code: 'MESH_CONFIG_DIFFERS', facts: { keys: ['accessLogFile', 'defaultConfig.tracing.sampling'] } }
  const hub = { code: 'RENDERED_HUB_DIFFERS', facts: { old: 'a', new: 'b' } }
  const drawn = (more: VerdictNotice['more'], acknowledged: string[] = [], day: { by?: string } = {}) => {
    const said = { code: 'PLAN_REFUSED', facts: { version: '1.31.0', reasons: more.length, acknowledged, ...day } }
    return JSON.stringify(verdictCard({ ...refused(1), said, more }, look('en')))
  }

  test('has a button that asks again with all of them named', () => {
    expect(drawn([differs, hub])).toContain(
      'upgrade prod-a to 1.31.0 acknowledge accessLogFile,defaultConfig.tracing.sampling,hub',
    )
    expect(drawn([hub], ['accessLogFile'])).toContain('acknowledge accessLogFile,hub')
    expect(drawn([hub], [], { by: '2026-12-04' })).toContain('upgrade prod-a to 1.31.0 by 2026-12-04 acknowledge hub')
  })

  test('has none while anything else stands in the way', () => {
    expect(drawn([differs, { code: 'RENDERED_ONE_REPLICA', facts: { replicas: 1 } }])).not.toContain('plan.acknowledge')
    expect(drawn([{ code: 'MESH_CONFIG_DIFFERS', facts: { keys: ['a b'] } }])).not.toContain('plan.acknowledge')
  })
})

describe('what waits for me', () => {
  const own = { user: 'U0LEE', groups: ['S0GROUP1'] }
  test('is not my own upgrade, nor what I approved', () => {
    const waiting = status('a', 1)
    expect(waitingFor([waiting], own, () => '')).toEqual([])
    expect(waitingFor([waiting], { user: 'U0SAM', groups: ['S0GROUP1'] }, () => '')).toHaveLength(1)
    expect(waitingFor([waiting], { user: 'U0SAM', groups: [] }, () => '')).toEqual([])
  })
})
