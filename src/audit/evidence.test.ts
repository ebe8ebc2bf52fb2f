import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { retired, switched } from '../../test/support/played-run.ts'
import { MEI, T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import type { RunFacts } from '../ports/audit-storage.ts'
import type { AuditEntry } from '../wire/audit-entry.ts'
import type { CensusDay } from '../wire/census.ts'
import { evidence as schema, type Evidence } from '../wire/evidence.ts'
import type { Run } from '../wire/run.ts'
import { nextEntry } from './chain.ts'
import { evidenceOf } from './evidence.ts'
import { newEvidenceFiles } from './evidence-files.ts'
import { evidencePage } from './evidence-page.ts'

const DAY_MS = 86_400_000
const EVIL = `<script>alert("1")</script> & 'x'`
const TO_NEW = { from: ['default'], to: '1-31-0' }
const TO_OLD = { from: ['1-31-0'], to: 'default' }

function aDay(n: number, pods: CensusDay['pods'], migration: CensusDay['migration'] = TO_NEW): CensusDay {
  const at = isoOf(T0 + n * DAY_MS)
  return { day: at.slice(0, 10), at, migration, pods, teams: [] }
}

/** The audit lines that the run left to be written, as the chain that they become. */
function chainOf(run: Run, others = 0): readonly AuditEntry[] {
  const lines = run.pending.flatMap((effect) =>
    effect.kind === 'audit'
      ? [{ id: effect.id, at: effect.at, cluster: run.cluster, run: run.id, what: effect.what, who: effect.who }]
      : [],
  )
  const foreign = Array.from({ length: others }, (_, i) => ({
    id: `other.${i}`,
    at: isoOf(T0),
    cluster: run.cluster,
    run: 'run-01jd9q4t7hyyyyyyyyyyyyyyyy',
    what: { code: 'PLANNED', facts: {} },
  }))
  return [...foreign, ...lines].reduce<AuditEntry[]>((chain, { ...line }) => {
    const { who, ...rest } = { who: undefined, ...line }
    return [...chain, nextEntry(chain.at(-1) ?? null, who ? { ...rest, who } : rest)]
  }, [])
}

function made(run: Run, change: Partial<RunFacts & { readonly entries: readonly AuditEntry[] }> = {}): Evidence {
  return evidenceOf({
    run,
    entries: chainOf(run, 3),
    days: [aDay(0, { old: 40, new: 0, other: 0 }), aDay(1, { old: 10, new: 31, other: 1 })],
    tenantWorkloadsWritten: 0,
    ownersWrote: [],
    ownNamespaces: ['istio-system', 'meshferry'],
    madeAt: isoOf(T0 + 2 * DAY_MS),
    ...change,
  })
}

describe('the evidence of an upgrade', () => {
  test('is what record, chain and census say, and parses as what it is on the wire', () => {
    const evidence = made(retired())
    expect(schema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence)
    expect(evidence).toMatchObject({ state: 'done', requestedBy: { user: 'U0LEE' }, audit: { broken: null } })
    expect(evidence.numbers).toEqual({
      podsMoved: 31,
      tenantWorkloadsWritten: 0,
      ownerRestarts: 0,
      clicks: clicksOf(retired()),
      days: 0,
    })
    expect(evidence.approvals.map(({ phase }) => phase)).toEqual(['install', 'switch', 'rehearse', 'retire'])
    expect(evidence.steps.every(({ attempts }) => attempts > 0)).toBe(true)
  })

  test('counts the days until the old one was retired, and not those in which it can still be put back', () => {
    const late = { madeAt: isoOf(T0 + 20 * DAY_MS) }
    const done = retired()
    const conditions = done.conditions.map((one) => ({ ...one, since: isoOf(T0 + 9 * DAY_MS) }))
    const atDone: Run = { ...done, conditions }
    const ended: Run = { ...atDone, state: 'ended', endedAt: isoOf(T0 + 16 * DAY_MS) }
    expect([made(atDone, late).numbers.days, made(ended, late).numbers.days]).toEqual([9, 9])
    expect(made({ ...switched(), endedAt: isoOf(T0 + 3 * DAY_MS) }, late).numbers.days).toBe(3)
  })

  test('holds the run’s own lines, and reads the whole chain for its head', () => {
    const run = retired()
    const evidence = made(run)
    const lines = run.pending.filter(({ kind }) => kind === 'audit').length
    expect([evidence.lines.length, evidence.audit.lines]).toEqual([lines, lines + 3])
    expect(evidence.audit.head).toBe(evidence.lines.at(-1)?.hash)
  })

  test('says where the chain is broken', () => {
    const entries = chainOf(retired(), 3).filter(({ seq }) => seq !== 5)
    expect(made(retired(), { entries }).audit.broken).toBe('6: seq')
  })

  test('never makes a number of what nobody knows', () => {
    const { numbers, curve } = made(retired(), { days: [], tenantWorkloadsWritten: null })
    expect([numbers.podsMoved, numbers.tenantWorkloadsWritten, curve]).toEqual([null, null, []])
    expect(evidencePage(made(retired(), { tenantWorkloadsWritten: null }), 'en')).toContain('<b>unknown</b>')
  })

  test('tells restarts that owners clicked from our own, and believes none without its line', () => {
    const run = retired()
    const before = chainOf(run)
    const what = { code: 'RESTART_WRITTEN', facts: { workload: 'pay/Deployment/api', team: 'payments' } }
    const line = { id: 'restart.1', at: isoOf(T0), cluster: run.cluster, run: run.id, what }
    const entries = [...before, nextEntry(before.at(-1) ?? null, line)]
    const clicked = made(run, { entries, ownersWrote: ['pay/Deployment/api'] })
    expect(clicked.numbers).toMatchObject({ tenantWorkloadsWritten: 0, ownerRestarts: 1 })
    expect(evidencePage(clicked, 'en')).toContain('Restarts that owners clicked')
    const unclicked = made(run, { entries, ownersWrote: ['pay/Deployment/api', 'pay/Deployment/web'] })
    expect(unclicked.numbers).toMatchObject({ tenantWorkloadsWritten: 1, ownerRestarts: 1 })
  })

  test('draws the way back with the roles put right, and leaves out the days of other upgrades', () => {
    const days = [
      aDay(-3, { old: 9, new: 9, other: 0 }),
      aDay(0, { old: 40, new: 2, other: 0 }),
      aDay(1, { old: 5, new: 37, other: 0 }, TO_OLD),
      aDay(1, { old: 1, new: 1, other: 0 }, { from: ['1-29-0'], to: '1-30-0' }),
    ]
    expect(made(switched(), { days }).curve).toEqual([
      { day: '2026-03-02', old: 40, new: 2, other: 0 },
      { day: '2026-03-03', old: 37, new: 5, other: 0 },
    ])
  })
})

/** The command, five approvals and three starts: what people did. */
function clicksOf(run: Run): number {
  return run.pending.filter((effect) => effect.kind === 'audit' && effect.who).length
}

describe('its page', () => {
  const run = retired()
  const evil: Run = {
    ...run,
    requestedBy: { ...run.requestedBy, name: EVIL },
    cards: run.cards.map((card) => ({
      ...card,
      commands: [EVIL],
      decisions: card.decisions.map((one) => ({ ...one, reason: EVIL, who: { ...MEI, name: EVIL } })),
    })),
    alarms: [
      { id: 'a', key: 'k', what: { code: 'ALARM_GAP', facts: { class: EVIL, namespace: EVIL } }, at: isoOf(T0) },
    ],
  }

  test.each(['en', 'zh'] as const)(
    'never turns what somebody wrote into markup, and has no hole in its words: %s',
    (locale) => {
      const page = evidencePage(made(evil), locale)
      expect(page).not.toContain('<script')
      expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;')
      expect(page.replaceAll(/<style>[\s\S]*<\/style>/g, '')).not.toMatch(/\[\[|\]\]|\{\w+\}|undefined|\[object/)
    },
  )

  test.each([
    [
      'en',
      [
        'prod-a: Istio 1.30.0 (default) → 1.31.0 (1-31-0)',
        'retire.uninstall',
        'done, the old control plane is retired',
      ],
    ],
    ['zh', ['谁做的决定', '每天各 sidecar 的 Pod 数', 'retire.uninstall']],
  ] as const)('names what was done in the reader’s language: %s', (locale, words) => {
    const page = evidencePage(made(run), locale)
    for (const word of words) expect(page).toContain(word)
  })

  test('fetches nothing and runs nothing', () => {
    expect(evidencePage(made(run), 'en')).not.toMatch(/<(script|link|img|iframe)\b|https?:|url\(|\son\w+=/)
  })
})

describe('its files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-evidence-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('are the JSON whole and the page, readable by their owner alone, and the same run replaces them', async () => {
    const to = join(folder, 'deep', 'down')
    const files = newEvidenceFiles(to, 'en')
    await files.write(made(switched()))
    const [json = '', page = ''] = await files.write(made(retired()))
    expect(readdirSync(to).length).toBe(2)
    expect(schema.parse(JSON.parse(readFileSync(json, 'utf8'))).state).toBe('done')
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/)
    expect(statSync(json).mode & 0o777).toBe(0o600)
    const endedAt = isoOf(T0 - 400 * DAY_MS)
    for (const path of await files.write({ ...made(retired()), endedAt })) {
      expect(statSync(path).mtime.toISOString()).toBe(endedAt)
    }
  })

  test('say why they can not be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(newEvidenceFiles(file, 'en').write(made(retired()))).rejects.toMatchObject({
      code: 'EVIDENCE_UNWRITABLE',
      facts: { path: file },
    })
  })
})
