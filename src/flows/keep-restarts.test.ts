import { describe, expect, test } from '@jest/globals'
import { aRun, T0 as RUN_T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import { API, record, workload } from '../restarts/parts-for-tests.ts'
import type { RolledObject } from '../restarts/rollout.ts'
import type { Restart } from '../wire/restarts.ts'
import type { Run } from '../wire/run.ts'
import { newRestarts } from './keep-restarts.ts'
import type { WorkerContext } from './worker-context.ts'

const NOW = RUN_T0 + 86_400_000
const SWITCHED: Run = { ...aRun(), phase: 'retire', state: 'switched' }
const RETURNING: Run = { ...SWITCHED, state: 'returning' }
const UNDOING: Run = {
  ...SWITCHED,
  state: 'undoing',
  rollback: { at: isoOf(NOW), because: { code: 'ROLLBACK_ASKED', facts: {} } },
}
const OLD = SWITCHED.plan.from[0]?.revision ?? ''
const NEW = SWITCHED.plan.to.revision
const MEI = { teams: { payments: { channel: 'C0PAY', members: ['U0MEI', 'S0PAY'] } } }

type World = {
  readonly run?: Run | null
  readonly settings?: Readonly<Record<string, unknown>>
  /** To which revision pods were counted on their way; null: nobody has counted. */
  readonly counted?: string | null
  readonly left?: readonly string[]
  readonly cause?: string
  readonly object?: RolledObject | null
  readonly mayI?: boolean
  /** What the API server says to each write, one after the other; a write that it answers badly may have been made. */
  readonly writes?: readonly { readonly error?: CodedError; readonly made: boolean }[]
  readonly reading?: CodedError
  /** What somebody does to the record while the workload is read. */
  readonly meanwhile?: (all: readonly Restart[]) => readonly Restart[]
}

/** The worker of one cluster with one restart, and what it did: `look` is one look of it. */
function aWorker(world: World, one: Restart) {
  const { run = SWITCHED, counted = NEW, left = ['api'], cause = 'NOT_REDEPLOYED', mayI = true } = world
  let [all, nowMs]: [readonly Restart[], number] = [[one], NOW]
  let object = world.object === undefined ? workload() : world.object
  const writes = [...(world.writes ?? [])]
  const [lines, sent, read]: [string[], string[], string[]] = [[], [], []]
  let patches = 0
  const clock = { now: () => nowMs }
  const straggler = (name: string) => ({
    ...API,
    name,
    team: 'payments',
    pods: 1,
    revisions: [],
    cause: { code: cause, facts: {} },
  })
  const ctx = {
    settings: {
      cluster: 'prod-a',
      channel: 'C0PROD',
      restarts: 'owners',
      times: { staleAfter: 60_000, restartDeadline: 1_200_000 },
      ...MEI,
      ...world.settings,
    },
    clocks: { machine: clock, calendar: clock },
    runs: { current: async () => run },
    lastCensus: () =>
      counted === null
        ? null
        : {
            census: { countedAt: isoOf(nowMs), migration: { from: [], to: counted } },
            seenMs: nowMs,
            stragglers: left.map(straggler),
          },
    restarts: {
      read: async () => all,
      change: async (change: (before: readonly Restart[]) => readonly Restart[] | null) => {
        all = change(all) ?? all
      },
    },
    cluster: {
      mayI: async () => mayI,
      get: async ({ name }: { readonly name: string }) => {
        read.push(name)
        if (world.reading) throw world.reading
        all = world.meanwhile?.(all) ?? all
        return object
      },
      patchJson: async (_ref: unknown, operations: readonly { readonly value: unknown }[]) => {
        patches += 1
        const { error, made } = writes.shift() ?? { made: true }
        const stamp = operations.map(({ value }) => stampOf(value)).find((value) => value !== undefined)
        if (made && object) object = workload({ meta: { generation: 5 }, ...(stamp ? { stamp } : {}) })
        if (error) throw error
        return object
      },
    },
    audit: { append: async ({ what }: { readonly what: { readonly code: string } }) => void lines.push(what.code) },
    store: { messages: async () => ({}) },
    queue: { addNotice: async ({ id }: { readonly id: string }) => void sent.push(id) },
    log: { warn: () => undefined },
  } as unknown as WorkerContext
  const look = newRestarts(ctx)
  return {
    look: async (laterMs = 0): Promise<Restart | undefined> => {
      nowMs = NOW + laterMs
      await look()
      return all[0]
    },
    change: (to: RolledObject) => {
      object = to
    },
    did: () => ({ patches, lines, sent, read }),
  }
}

function stampOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.values(value as Readonly<Record<string, string>>)[0]
}

const about = { run: SWITCHED.id, to: SWITCHED.plan.to, groups: [] }
const planned = (change: Partial<Restart> = {}): Restart => {
  const { stamp: _stamp, ...rest } = record({ ...about, state: 'planned', due: isoOf(NOW), ...change })
  return rest
}
const asked = (change: Partial<Restart> = {}): Restart =>
  record({ ...about, stamp: isoOf(NOW), askedAt: isoOf(NOW), ...change })

describe('a picked time', () => {
  const STOPPED: Run = { ...SWITCHED, stopped: { at: isoOf(NOW) } as NonNullable<Run['stopped']> }
  test.each<readonly [string, World, Partial<Restart>, unknown]>([
    ['begins', {}, {}, { state: 'asked', stamp: isoOf(NOW) }],
    ['the way has turned', { run: RETURNING, counted: OLD }, {}, dropped('RESTART_TURNED')],
    ['all are back on the old one', { run: RETURNING, counted: OLD, left: [] }, {}, dropped('RESTART_TURNED')],
    ['counted on the other way only', { counted: OLD, left: [] }, {}, { state: 'planned' }],
    ['nobody has counted', { counted: null }, {}, { state: 'planned' }],
    ['it moved by itself', { left: [] }, {}, dropped('RESTART_NOT_NEEDED')],
    ['a restart moves it no more', { cause: 'EXPLICIT_REVISION' }, {}, dropped('RESTART_IN_VAIN')],
    ['a tool keeps it since', { object: kept('store') }, {}, dropped('RESTART_BY_ITS_TOOL')],
    ['a tool keeps it under no name', { object: kept('a b') }, {}, dropped('RESTART_INSIDE_ITS_TOOL')],
    ['the right was taken away', { mayI: false }, {}, dropped('RESTART_RIGHTS_MISSING')],
    ['it may be read no more', { reading: new CodedError('CLUSTER_FORBIDDEN') }, {}, dropped('CLUSTER_FORBIDDEN')],
    ['it can not be read now', { reading: new CodedError('CLUSTER_UNREACHABLE') }, {}, { state: 'planned' }],
    ['the upgrade was stopped', { run: STOPPED }, {}, dropped('RUN_STOPPED')],
    ['the person is listed no more', {}, { by: 'U0OUT' }, dropped('NOT_OF_THE_TEAM')],
    ['a member by a group of the click', {}, { by: 'U0SRE', groups: ['S0PAY'] }, { state: 'asked' }],
    ['the group is listed no more', {}, { by: 'U0SRE', groups: ['S0OLD'] }, dropped('NOT_OF_THE_TEAM')],
  ])('at its time: %s', async (_name, world, change, after) => {
    const worker = aWorker(world, planned(change))
    expect(await worker.look()).toMatchObject(after as object)
    expect(worker.did().patches).toBe(0)
  })

  test('taken back while it begins it stays so, and nothing is written', async () => {
    const because = { code: 'RESTART_TAKEN_BACK', facts: {} }
    const meanwhile = (all: readonly Restart[]) =>
      all.map((one) => (one.state === 'planned' ? { ...one, state: 'dropped' as const, because, revision: 2 } : one))
    const worker = aWorker({ meanwhile }, planned())
    expect(await worker.look()).toMatchObject({ state: 'dropped', because })
    expect(await worker.look(60_000)).toMatchObject({ state: 'dropped', because })
    expect(worker.did()).toMatchObject({ patches: 0, lines: ['RESTART_TAKEN_BACK'] })
  })

  test('before its time nothing is read, and what can never be is dropped at once', async () => {
    const tomorrow = planned({ due: isoOf(NOW + 86_400_000) })
    const waiting = aWorker({}, tomorrow)
    expect(await waiting.look()).toMatchObject({ state: 'planned', revision: tomorrow.revision })
    expect(waiting.did().read).toEqual([])
    expect(await aWorker({ run: RETURNING }, tomorrow).look()).toMatchObject(dropped('RESTART_TURNED'))
  })

  test('an hour after its time it is missed, though the workload can not be read', async () => {
    const worker = aWorker({ reading: new CodedError('CLUSTER_UNREACHABLE') }, planned())
    expect(await worker.look(3_600_001)).toMatchObject(dropped('RESTART_MISSED'))
  })

  test('of before groups were noted: whoever picked it counts as a member while anybody is listed', async () => {
    const { groups: _groups, ...old } = planned({ by: 'U0SRE' })
    expect(await aWorker({}, old).look()).toMatchObject({ state: 'asked' })
  })
})

describe('a write that is due', () => {
  test.each<readonly [string, World, number, unknown]>([
    ['is made', {}, 0, { state: 'running' }],
    ['not after two minutes', {}, 120_001, dropped('RESTART_LAPSED')],
    ['not after a rollback', { run: RETURNING }, 0, dropped('RESTART_TURNED')],
    ['not while the switch is undone', { run: UNDOING }, 0, dropped('RESTART_TURNED')],
    ['not once it is done', { run: { ...SWITCHED, state: 'done' } }, 0, dropped('NUDGE_OUTDATED')],
    ['not after the end', { run: null }, 0, dropped('NUDGE_OUTDATED')],
    ['not where owners may restart nothing now', { settings: { restarts: 'off' } }, 0, dropped('RESTARTS_OFF')],
  ])('%s', async (_name, world, laterMs, after) => {
    const worker = aWorker(world, asked())
    expect(await worker.look(laterMs)).toMatchObject(after as object)
    expect(worker.did().patches).toBe((after as Restart).state === 'running' ? 1 : 0)
  })

  const refused = (status: number): CodedError => new CodedError('CLUSTER_REFUSED', { status, message: 'no' })
  test.each([
    ['that was made', true, 1],
    ['that was not made', false, 2],
  ])('a server that fails after a write %s does not end it', async (_name, made, patches) => {
    const worker = aWorker({ writes: [{ error: refused(504), made }] }, asked())
    expect(await worker.look()).toMatchObject({ state: 'asked' })
    expect(await worker.look(1000)).toMatchObject({ state: 'running' })
    expect(worker.did().patches).toBe(patches)
  })

  test('an autoscaler between is looked at once more; a write that may have been made and was undone is not', async () => {
    const conflict = new CodedError('CLUSTER_CONFLICT')
    const scaled = aWorker({ writes: [{ error: conflict, made: false }] }, asked())
    expect(await scaled.look()).toMatchObject({ state: 'asked' })
    scaled.change(workload({ meta: { generation: 7 }, spec: { replicas: 9 } }))
    expect(await scaled.look(1000)).toMatchObject({ state: 'running' })

    const undone = aWorker({ writes: [{ error: refused(504), made: true }] }, asked())
    await undone.look()
    undone.change(workload({ meta: { generation: 6 } }))
    expect(await undone.look(1000)).toMatchObject({ state: 'failed', because: { code: 'RESTART_CHANGED' } })
    expect(undone.did().patches).toBe(1)
  })

  test('a refusal ends it', async () => {
    const worker = aWorker({ writes: [{ error: refused(403), made: false }] }, asked())
    expect(await worker.look()).toMatchObject({ state: 'failed', because: { code: 'CLUSTER_REFUSED' } })
  })

  test('where it may be read no more nothing stays open, nor after the deadline', async () => {
    const [forbidden, silent] = ['CLUSTER_FORBIDDEN', 'CLUSTER_UNREACHABLE'].map((code) => new CodedError(code))
    expect(await aWorker({ reading: forbidden as CodedError }, asked()).look()).toMatchObject({ state: 'failed' })
    const worker = aWorker({ reading: silent as CodedError }, { ...asked(), state: 'running', startedAt: isoOf(NOW) })
    expect(await worker.look(1_200_000)).toMatchObject({ state: 'running' })
    expect(await worker.look(1_200_001)).toMatchObject({ state: 'failed', because: { code: 'CLUSTER_UNREACHABLE' } })
  })

  test('one that was made is followed, however late and whatever was stopped', async () => {
    const worker = aWorker({ run: null, object: workload({ stamp: isoOf(NOW) }) }, asked())
    expect(await worker.look(600_000)).toMatchObject({ state: 'running' })
  })
})

function dropped(code: string) {
  return { state: 'dropped', because: { code } }
}

function kept(app: string): RolledObject {
  return workload({ meta: { labels: { 'argocd.argoproj.io/instance': app } } })
}
