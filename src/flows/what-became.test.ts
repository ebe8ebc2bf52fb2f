import { describe, expect, test } from '@jest/globals'
import { aRun, LEE, MEI, SRE, T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import { newId } from '../kernel/ids.ts'
import type { Ask } from '../wire/request.ts'
import type { Run } from '../wire/run.ts'
import { say } from '../words/say.ts'
import { noBecause, type Answer } from './answer.ts'
import { answerBecame, ofOtherRun, withEnd } from './what-became.ts'
import type { WorkerContext } from './worker-context.ts'

const DAY = 86_400_000
const END = isoOf(T0 + 9 * DAY)
const OLD: Run = { ...aRun(), id: newId('run', T0) }
const NEW: Run = { ...aRun(), id: newId('run', T0 + 20 * DAY) }
const CARD = newId('ap', T0 + DAY)

const because = { code: 'ROLLBACK_ASKED', facts: { who: LEE.user, reason: 'slow' } }
const RETURNED: Run = { ...OLD, state: 'returned', endedAt: END, rollback: { at: END, because } }
const DECISION = { verdict: 'approve' as const, who: MEI, at: END }
const RETIRED = { phase: 'retire', state: 'started', decisions: [DECISION, { ...DECISION, who: SRE }] }
const DONE = { ...OLD, state: 'ended', endedAt: END, cards: [RETIRED] } as unknown as Run
const REPLACED: Run = { ...OLD, state: 'ended', endedAt: END, cards: [] }

/** A cluster whose `current` run goes on, with the records that are kept. */
function cluster(current: Run | null, kept: readonly Run[]) {
  const ids = [...kept, ...(current ? [current] : [])].map(({ id }) => id)
  const loaded: string[] = []
  return {
    loaded,
    settings: { cluster: 'prod-a' },
    runs: { current: async () => current },
    store: {
      ids: async () => ids.toSorted().reverse(),
      load: async (id: string) => {
        loaded.push(id)
        const run = kept.find((one) => one.id === id)
        return run ? { run, version: '1' } : null
      },
    },
  } as unknown as WorkerContext & { readonly loaded: string[] }
}

const became = (ctx: WorkerContext, message: string, alone = true): Promise<Answer> =>
  answerBecame(ctx, { kind: 'what-became', message, alone })

describe('a click on a forgotten message of an upgrade that is over', () => {
  test.each([
    ['done', DONE, 'UPGRADE_OVER_DONE', /it is done.*U0MEI, U0SRE decided/],
    ['undone', RETURNED, 'UPGRADE_OVER_BACK', /everything was undone.*U0LEE asked to go back: slow/],
    ['replaced', REPLACED, 'UPGRADE_OVER_REPLACED', /gave way/],
  ] as const)('%s: is told how it ended, when and by whom, and what to do now', async (_, run, code, words) => {
    for (const current of [null, NEW]) {
      const { ok, said } = await became(cluster(current, [run]), `${run.id}.progress.2`)
      expect([ok, said?.code, said?.facts['at']]).toEqual([false, code, END])
      for (const locale of ['en', 'zh'] as const) {
        const { what, next } = say(said?.code ?? '', { ...said?.facts, command: '/istio' }, locale)
        expect(what).toContain(`${END.slice(0, 10)} ${END.slice(11, 16)} UTC`)
        expect(next).toContain('/istio')
        expect(`${what}${next}`).not.toMatch(/click again|再点击|[?[\]{}]/)
      }
      expect(say(code, said?.facts ?? {}, 'en').what).toMatch(words)
    }
  })

  test.each([
    ['the run', `${OLD.id}.run`],
    ['a reminder to a team', `${OLD.id}.team.0123abcd.nudge.2`],
    ['a restart', `${OLD.id}.restart.rq-01jd9q4t7h0123456789abcdef`],
    ['an approval, of the run that began before it', CARD],
    ['what reminds of an approval', `${CARD}.remind.U0MEI`],
  ])('whichever message it was: %s', async (_, message) => {
    expect((await became(cluster(NEW, [REPLACED]), message)).said?.code).toBe('UPGRADE_OVER_REPLACED')
  })

  test('where its record is gone that is said, with when it began', async () => {
    const { said } = await became(cluster(NEW, []), `${OLD.id}.run`)
    expect(said).toEqual({ code: 'UPGRADE_RECORD_GONE', facts: { cluster: 'prod-a', at: isoOf(T0) } })
  })

  test.each([
    ['an upgrade that goes on', `${NEW.id}.run`, true],
    ['its approval', newId('ap', T0 + 21 * DAY), true],
    ['one of another cluster, in a channel of several', `${newId('run', T0 + DAY)}.run`, false],
    ['an approval of another cluster', CARD, false],
    ['no upgrade', 'record-RECORD_FORGED-1', true],
    ['something that begins like one', `${OLD.id}x`, true],
  ])('nothing is said of %s', async (_, message, alone) => {
    expect(await became(cluster(NEW, [REPLACED]), message, alone)).toEqual({ ok: true })
  })
})

describe('a button of an upgrade that is not the one that runs', () => {
  const STEERS = ['stop', 'resume', 'rollback', 'ask-again'] as const
  test.each(STEERS)('%s reaches none, and says how its own ended', async (kind) => {
    const ctx = cluster(NEW, [RETURNED])
    expect((await ofOtherRun(ctx, { kind, run: OLD.id }))?.said?.code).toBe('UPGRADE_OVER_BACK')
    expect((await ofOtherRun(cluster(NEW, []), { kind, run: OLD.id }))?.said?.code).toBe('UPGRADE_RECORD_GONE')
  })

  test.each(STEERS)(
    '%s of the one that runs, and what is typed, goes on; nothing more is read for it',
    async (kind) => {
      const ctx = cluster(NEW, [RETURNED])
      expect(await ofOtherRun(ctx, { kind, run: NEW.id })).toBeNull()
      expect(await ofOtherRun(ctx, { kind })).toBeNull()
      expect(ctx.loaded).toEqual([])
    },
  )
})

describe('a refusal because the upgrade is over', () => {
  const ctx = cluster(null, [RETURNED])
  const card = { id: CARD, revision: 1, digest: '', planHash: '', fingerprint: '' }
  test.each<readonly [string, Ask, string]>([
    ['an approval', { kind: 'approve', card }, 'NO_RUN'],
    ['a start', { kind: 'start', card }, 'CARD_UNKNOWN'],
    ['a reminder', { kind: 'snooze', run: OLD.id, team: 'payments', until: '2026-12-01' }, 'NUDGE_OUTDATED'],
    ['the first reminders', { kind: 'send-nudges', run: OLD.id, to: '1-31-0' }, 'NUDGES_OUTDATED'],
    ['a stop', { kind: 'stop', run: OLD.id }, 'RUN_ENDED'],
  ])('%s: says how it ended', async (_, ask, code) => {
    expect((await withEnd(ctx, ask, noBecause(code))).said?.code).toBe('UPGRADE_OVER_BACK')
  })

  test('who needs help hears first that nobody was told, and then how it ended', async () => {
    const ask = { kind: 'tell-platform', run: OLD.id, team: 'payments' } as const
    const { said } = await withEnd(ctx, ask, noBecause('PLATFORM_NOT_TOLD'))
    expect(say(said?.code ?? '', said?.facts ?? {}, 'en').what).toMatch(/was not told.*everything was undone/)
  })

  test('so does who asks whether it is the sidecar', async () => {
    const ask = { kind: 'compare', run: OLD.id, team: 'payments' } as const
    const { said } = await withEnd(ctx, ask, noBecause('SIDECAR_NO_MIGRATION', { cluster: 'prod-a' }))
    const { what, next } = say(said?.code ?? '', said?.facts ?? {}, 'en')
    expect(what).toMatch(/nothing to compare.*everything was undone/)
    expect(next).toMatch(/ask in the channel/)
  })

  test.each<readonly [string, Ask, Answer]>([
    ['another refusal', { kind: 'approve', card }, noBecause('NOT_AN_APPROVER')],
    ['what was typed', { kind: 'stop' }, noBecause('NO_RUN')],
    ['what was done', { kind: 'stop', run: OLD.id }, { ok: true }],
  ])('%s stays as it is', async (_, ask, answer) => {
    expect(await withEnd(ctx, ask, answer)).toBe(answer)
  })
})
