import { describe, expect, test } from '@jest/globals'
import { disk, LEAST, load, withCluster } from '../../test/support/settings-files.ts'
import { explainSettings } from './explain.ts'
import { settingsJsonSchema } from './file-schema.ts'
import { readSettings } from './load.ts'

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
      restarts: 'off',
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
    locale: zh
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
      locale: 'zh',
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

  test('lets owners restart where it says so, and says who they are', () => {
    const yaml = `${withCluster('restarts: owners')}teams: { known: { pay: { channel: C0PAY, members: [S0PAY, U0LEE] } } }`
    expect(load(yaml).clusters['prod-a']?.restarts).toBe('owners')
    expect(load(yaml).teams['pay']?.members).toEqual(['S0PAY', 'U0LEE'])
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
    `${LEAST}teams: { unowned: { channel: C0OPS, locale: zh }, known: { unowned: { channel: C0REAL } } }`,
  )
  expect([unowned, teams]).toEqual([{ channel: 'C0OPS', locale: 'zh' }, { unowned: { channel: 'C0REAL' } }])
})

test('evidence is kept for ever, or for as long as the file says', () => {
  expect(load(`${LEAST}evidence: { to: evidence }`).evidenceKeepMs).toBeUndefined()
  const { evidenceTo, evidenceKeepMs } = load(`${LEAST}evidence: { to: evidence, keep: 400d }`)
  expect([evidenceTo, evidenceKeepMs]).toEqual(['/etc/mf/evidence', 400 * 86_400_000])
})

test('a JSON Schema for editors knows every key', () => {
  const schema = settingsJsonSchema()
  expect(Object.keys(schema.properties ?? {})).toContain('clusters')
  expect(schema.additionalProperties).toBe(false)
})
