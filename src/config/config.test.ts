import { describe, expect, test } from '@jest/globals'
import { disk, LEAST, load } from '../../test/support/settings-files.ts'
import { newKeyPair } from '../kernel/signatures.ts'
import { explainSettings } from './explain.ts'
import { settingsJsonSchema } from './file-schema.ts'
import { readSettings } from './load.ts'

function problems(yaml: string) {
  return readSettings({}, disk({ 'meshferry.yaml': yaml })).problems.map(({ code, facts }) => ({ code, ...facts }))
}

/** The least file with something more in its cluster. */
function withCluster(more: string): string {
  return LEAST.replace('channel: C0PROD', `channel: C0PROD\n    ${more}`)
}

describe('the least file', () => {
  test('works, and everything else has a default', () => {
    const { clusters, ...rest } = load(LEAST)
    expect(rest).toMatchObject({ locale: 'en', timezone: 'UTC', slackCommand: '/istio', namespace: 'meshferry' })
    expect(clusters['prod-a']).toEqual({
      name: 'prod-a',
      kube: { context: 'prod-a' },
      istioNamespace: 'istio-system',
      channel: 'C0PROD',
      alarmMention: [],
      timezone: 'UTC',
      istioctl: { dir: '/opt/istioctl', sha256: {} },
      start: { switch: 'whenStarted' },
      retire: { quietMs: 86_400_000, rehearseMs: 600_000 },
      windows: { allow: [], freeze: [] },
      probes: [],
      requestsFrom: ['U0LEE', 'U0KIM'],
      approvals: {
        install: { need: 1, from: ['U0LEE', 'U0KIM'] },
        switch: { need: 1, from: ['U0LEE', 'U0KIM'] },
        rehearse: { need: 1, from: [] },
        retire: { need: 2, from: [] },
        rollback: { need: 1, from: ['U0LEE', 'U0KIM'], own: true },
        expiresMs: 86_400_000,
        requesterMayApprove: false,
      },
    })
  })

  test('without approvers nobody may ask or go forward', () => {
    const { approvals, requestsFrom } = load(LEAST.replace(/approvals:[^]*/, '')).clusters['prod-a']!
    expect([approvals.install.from, approvals.switch.from, approvals.rollback.from, requestsFrom]).toEqual([
      [],
      [],
      [],
      [],
    ])
  })
})

describe('a full file', () => {
  const full = `${withCluster(`fallbackChannel: C0OPS
    timezone: Europe/Berlin
    alarm: { mention: [S0ONCALL] }
    istioctl: { dir: bin, sha256: { "1.31.0": "${'a'.repeat(64)}" } }
    operatorFile: istio/prod-a.yaml
    hands: { install: meshferry, switch: meshferry }
    longHop: false
    restarts: off
    start: { switch: atOnce }
    probes: [{ name: shop, url: "https://shop.example.com/healthz" }, { name: pay, url: "http://pay/", every: 2s, budget: "0.5% over 10m" }]
    deadline: 28d
    windows: { allow: ["Mon-Thu 10:00-16:00"], freeze: [{ from: 2026-12-20, to: 2027-01-03, why: year end }] }
    approvals: { switch: { need: 2, from: [S0PLATFORM] }, expires: 8h }`)}
locale: zh
timezone: Asia/Shanghai
slack: { command: /mesh }
requests: { from: [S0PLATFORM] }
`

  test('paths are relative to the file, and a cluster has its own rules', () => {
    const settings = load(full)
    const cluster = settings.clusters['prod-a']!
    expect(settings).toMatchObject({ locale: 'zh', slackCommand: '/mesh' })
    expect(cluster).toMatchObject({
      operatorFile: '/etc/mf/istio/prod-a.yaml',
      istioctl: { dir: '/etc/mf/bin' },
      timezone: 'Europe/Berlin',
      deadlineMs: 28 * 86_400_000,
      windows: { allow: [{ days: [1, 2, 3, 4], from: 600, to: 960 }] },
      probes: [
        { name: 'shop', url: 'https://shop.example.com/healthz', everyMs: 1000, windowMs: 300_000, allowed: 3 },
        { name: 'pay', url: 'http://pay/', everyMs: 2000, windowMs: 600_000, allowed: 1 },
      ],
      requestsFrom: ['S0PLATFORM'],
    })
    expect(cluster.approvals).toMatchObject({
      install: { need: 1, from: ['U0LEE', 'U0KIM'] },
      switch: { need: 2, from: ['S0PLATFORM'] },
      expiresMs: 8 * 3_600_000,
    })
  })

  test('is explained: each setting with its value and where it came from, secrets hidden', () => {
    const env = { MESHFERRY_CONFIG: '/c.yaml', SLACK_BOT_TOKEN: 'xoxb-secret', REDIS_URL_FILE: '/run/redis-url' }
    const { yaml } = readSettings(env, disk({ '/c.yaml': full }))
    const explained = explainSettings(env, '/c.yaml', yaml)
    const of = (name: string) => explained.find((one) => one.name === name)
    const lineOf = (text: string) => `/c.yaml:${full.split('\n').findIndex((line) => line.includes(text)) + 1}`
    expect(of('locale')).toMatchObject({ value: 'zh', from: expect.stringMatching(/^\/c\.yaml:\d+$/) })
    expect(of('namespace')).toMatchObject({ value: 'meshferry', from: 'default' })
    expect(of('clusters.prod-a.approvals.install.from')).toMatchObject({
      value: '["U0LEE","U0KIM"]',
      from: lineOf('install: { from'),
    })
    expect(of('clusters.prod-a.probes[1].every')).toMatchObject({ value: '2s', from: lineOf('probes:') })
    expect(of('clusters.prod-a.probes[0].every')).toMatchObject({ value: '1s', from: 'default' })
    expect(of('clusters.prod-a.windows.freeze[0].why')).toMatchObject({ value: 'year end', from: lineOf('windows:') })
    expect(of('SLACK_BOT_TOKEN')).toMatchObject({ value: '(hidden)', from: 'env SLACK_BOT_TOKEN' })
    expect(of('REDIS_URL')).toMatchObject({ value: '(hidden)', from: 'env REDIS_URL_FILE' })
    expect(JSON.stringify(explained)).not.toContain('xoxb-secret')
    expect(explained.filter(({ meaning }) => meaning === '')).toEqual([])
  })
})

test('what no team owns has a channel of its own, or none', () => {
  expect(load(LEAST).unowned).toBeUndefined()
  const { unowned, teams } = load(
    `${LEAST}teams: { unowned: { channel: C0OPS }, known: { unowned: { channel: C0REAL } } }`,
  )
  expect([unowned, teams]).toEqual([{ channel: 'C0OPS' }, { unowned: { channel: 'C0REAL' } }])
})

test('evidence is kept for ever, or for as long as the file says', () => {
  expect(load(`${LEAST}evidence: { to: evidence }`).evidenceKeepMs).toBeUndefined()
  const { evidenceTo, evidenceKeepMs } = load(`${LEAST}evidence: { to: evidence, keep: 400d }`)
  expect([evidenceTo, evidenceKeepMs]).toEqual(['/etc/mf/evidence', 400 * 86_400_000])
})

describe('what is wrong is named', () => {
  const refused: readonly [string, string, Record<string, unknown>][] = [
    [
      'a wrong letter',
      withCluster('chanel: C1'),
      { code: 'CONFIG_UNKNOWN_KEY', path: 'clusters.prod-a.chanel', nearest: 'channel', line: 6 },
    ],
    ['at the top', `${LEAST}tiemzone: UTC`, { code: 'CONFIG_UNKNOWN_KEY', path: 'tiemzone', nearest: 'timezone' }],
    [
      'the rehearsal by its own name',
      `${LEAST}  rehearse: { from: [U0LEE] }`,
      { code: 'CONFIG_UNKNOWN_KEY', path: 'approvals.rehearse', nearest: 'gateways', phase: 'rehearse' },
    ],
    [
      'the same under a cluster',
      withCluster('approvals: { rehearsal: { from: [U0LEE] } }'),
      { code: 'CONFIG_UNKNOWN_KEY', path: 'clusters.prod-a.approvals.rehearsal', nearest: 'gateways' },
    ],
    ['near a later key', withCluster('canery: []'), { code: 'CONFIG_UNKNOWN_KEY', nearest: 'canary' }],
    ['no time of day', `${LEAST}digest: { at: "24:00" }`, { code: 'CONFIG_TIME' }],
    [
      'a later key',
      withCluster('canary: [mesh-canary]'),
      { code: 'CONFIG_NOT_BUILT', path: 'clusters.prod-a.canary', line: 6 },
    ],
    [
      'other hands',
      withCluster('hands: { switch: yours }'),
      { code: 'CONFIG_NOT_BUILT', path: 'clusters.prod-a.hands.switch' },
    ],
    ['a long hop', withCluster('longHop: true'), { code: 'CONFIG_NOT_BUILT', path: 'clusters.prod-a.longHop' }],
    [
      'an alarm hook',
      withCluster('alarm: { webhook: "https://x" }'),
      { code: 'CONFIG_NOT_BUILT', path: 'clusters.prod-a.alarm.webhook' },
    ],
    ['a later phase', withCluster('gateways: []'), { code: 'CONFIG_NOT_BUILT', path: 'clusters.prod-a.gateways' }],
    ['a removal by one', `${LEAST}  retire: { need: 1 }`, { code: 'CONFIG_INVALID', path: 'approvals.retire.need' }],
    [
      'a removal untyped',
      `${LEAST}  retire: { typed: false }`,
      { code: 'CONFIG_INVALID', path: 'approvals.retire.typed' },
    ],
    [
      'a removal by another hand',
      withCluster('hands: { retire: yours }'),
      { code: 'CONFIG_NOT_BUILT', path: 'clusters.prod-a.hands.retire' },
    ],
    [
      'a missing key',
      LEAST.replace('channel: C0PROD', ''),
      { code: 'CONFIG_REQUIRED', path: 'clusters.prod-a.channel' },
    ],
    ['no cluster', 'clusters: {}', { code: 'CONFIG_NO_CLUSTER' }],
    ['nothing', '', { code: 'CONFIG_REQUIRED', path: 'clusters' }],
    ['a name', LEAST.replace('prod-a:', 'Prod_A:'), { code: 'CONFIG_NAME', value: 'Prod_A' }],
    ['a zone', `${LEAST}timezone: Mars/Base`, { code: 'CONFIG_ZONE', value: 'Mars/Base', path: 'timezone' }],
    [
      'a window',
      withCluster('windows: { allow: ["Mon 10-16"] }'),
      { code: 'CONFIG_WINDOW', path: 'clusters.prod-a.windows.allow[0]' },
    ],
    [
      'a day',
      withCluster('windows: { freeze: [{ from: 2026-02-30, to: 2026-03-01, why: x }] }'),
      { code: 'CONFIG_DAY' },
    ],
    [
      'a freeze',
      withCluster('windows: { freeze: [{ from: 2026-03-02, to: 2026-03-01, why: x }] }'),
      { code: 'CONFIG_FREEZE_ORDER' },
    ],
    [
      'two probes of one name',
      withCluster('probes: [{ name: a, url: "http://a" }, { name: a, url: "http://b" }]'),
      { code: 'CONFIG_PROBE_TWICE', path: 'clusters.prod-a.probes' },
    ],
    [
      'a probe without rest',
      withCluster('probes: [{ name: a, url: "http://a", every: 10ms }]'),
      { code: 'CONFIG_PROBE_PACE', value: '10ms' },
    ],
    [
      'a wrong letter in a list',
      withCluster('probes: [{ name: a, url: "http://a", evry: 1s }]'),
      { code: 'CONFIG_UNKNOWN_KEY', path: 'clusters.prod-a.probes[0].evry', nearest: 'every' },
    ],
    [
      'a wrong letter in a map',
      `${LEAST}teams: { known: { pay: { channel: C0PAY, time_zone: UTC } } }`,
      { code: 'CONFIG_UNKNOWN_KEY', path: 'teams.known.pay.time_zone', nearest: 'timezone' },
    ],
    ['a budget', withCluster('probes: [{ name: a, url: "http://a", budget: few }]'), { code: 'CONFIG_BUDGET' }],
    ['a name of a probe', withCluster('probes: [{ name: "A b", url: "http://a" }]'), { code: 'CONFIG_PROBE_NAME' }],
    [
      'a probe over another protocol',
      withCluster('probes: [{ name: a, url: "file:///etc/passwd" }]'),
      { code: 'CONFIG_INVALID', path: 'clusters.prod-a.probes[0].url' },
    ],
    [
      'evidence kept nowhere',
      `${LEAST}evidence: { keep: 400d }`,
      { code: 'CONFIG_KEEP_NOWHERE', path: 'evidence', line: 9 },
    ],
    [
      'evidence kept for minutes',
      `${LEAST}evidence: { to: evidence, keep: 13m }`,
      { code: 'CONFIG_DAYS', path: 'evidence.keep', value: '13m' },
    ],
    ['a deadline in minutes', withCluster('deadline: 2m'), { code: 'CONFIG_DAYS', value: '2m' }],
    ['a deadline that is none', withCluster('deadline: soon'), { code: 'CONFIG_DURATION', value: 'soon' }],
    ['a deadline that no calendar has', withCluster('deadline: 99999999d'), { code: 'CONFIG_DURATION' }],
    ['a duration', `${LEAST}  expires: 1 day`, { code: 'CONFIG_DURATION', value: '1 day' }],
    ['a channel by name', LEAST.replace('C0PROD', '"#prod"'), { code: 'CONFIG_CHANNEL', value: '#prod' }],
    [
      'a person by name',
      LEAST.replace('U0LEE', 'lee'),
      { code: 'CONFIG_USER_OR_GROUP', path: 'approvals.install.from[0]' },
    ],
    [
      'two ways in',
      LEAST.replace('{ context: prod-a }', '{ context: a, inCluster: true }'),
      { code: 'CONFIG_KUBE_ONE_WAY' },
    ],
    [
      'two people for the way back',
      `${LEAST}  rollback: { need: 2, from: [U0LEE] }`,
      { code: 'CONFIG_ROLLBACK_NEED', path: 'approvals.rollback.need', line: 9 },
    ],
    [
      'too few people',
      LEAST.replace('switch: {', 'switch: { need: 2,'),
      { code: 'CONFIG_NEED_UNREACHABLE', phase: 'switch', need: 2 },
    ],
    [
      'a wrong type',
      LEAST.replace('from: [U0LEE', 'need: many, from: [U0LEE'),
      { code: 'CONFIG_INVALID', path: 'approvals.install.need' },
    ],
    ['no YAML', 'clusters:\n  a: [1', { code: 'CONFIG_YAML', line: 2 }],
    ['a key twice', `${LEAST}locale: en\nlocale: zh`, { code: 'CONFIG_YAML' }],
  ]
  test.each(refused)('%s', (_name, yaml, expected) => {
    const found = problems(yaml)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ file: 'meshferry.yaml', ...expected })
  })

  test('all at once, in the order of the file; load throws the first', () => {
    const yaml = `evidence: { keep: soon, to: x }\ncluster: {}\n${LEAST}teams: { known: { pay: { channel: C0PAY, members: [U0LEE] } } }\n`
    expect(problems(yaml).map(({ code }) => code)).toEqual([
      'CONFIG_DURATION',
      'CONFIG_UNKNOWN_KEY',
      'CONFIG_NOT_BUILT',
    ])
    expect(() => load(yaml)).toThrow(/CONFIG_DURATION.*"also":2/)
  })

  test('a file that is not there', () => {
    expect(readSettings({ MESHFERRY_CONFIG: '/no.yaml' }, disk({})).problems).toEqual([
      { code: 'CONFIG_MISSING', facts: { file: '/no.yaml' } },
    ])
  })
})

test('a private key in the file is refused, and not shown', () => {
  const { privateKey } = newKeyPair()
  const found = problems(`${LEAST}bot: { publicKeys: ["${privateKey}"] }`)
  expect(found).toMatchObject([{ code: 'CONFIG_PUBLIC_KEY' }])
  expect(JSON.stringify(found)).not.toContain(privateKey)
})

test('a JSON Schema for editors knows every key', () => {
  const schema = settingsJsonSchema()
  expect(Object.keys(schema.properties ?? {})).toContain('clusters')
  expect(schema.additionalProperties).toBe(false)
})
