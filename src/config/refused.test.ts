import { describe, expect, test } from '@jest/globals'
import { disk, LEAST, load, withCluster } from '../../test/support/settings-files.ts'
import { newKeyPair } from '../kernel/signatures.ts'
import { readSettings } from './load.ts'

function problems(yaml: string) {
  return readSettings({}, disk({ 'meshferry.yaml': yaml })).problems.map(({ code, facts }) => ({ code, ...facts }))
}

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
    const yaml = `evidence: { keep: soon, to: x }\ncluster: {}\n${withCluster('canary: [mesh]')}`
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
