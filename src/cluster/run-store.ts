import { z } from 'zod'
import { epochOf, isoOf } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import type { ConfigMap } from '../istio/objects.ts'
import type { LoadedRun, RunStore, SavedMessage } from '../ports/run-store.ts'
import { isoTime } from '../wire/names.ts'
import { RECORD_LIMIT, run as runSchema, type Run } from '../wire/run.ts'
import { newBackups } from './backups.ts'
import type { ConfigMaps, MapContent } from './config-maps.ts'
import { parsedRecord, seal, unseal, type SealKeys } from './sealed.ts'
import { newSharedMap } from './shared-map.ts'

const ACTIVE = 'active'
const UNDO = 'undo'
const UNDO_RUN = 'meshferry.io/run'
const RUN = 'run'
const REPLAY_MS = 10 * 60_000
const MESSAGES_KEPT = 500

const messagesSchema = z.record(z.string(), z.object({ channel: z.string(), ts: z.string(), revision: z.int() }))
const decidedSchema = z.record(z.string(), isoTime)

/** The port `RunStore` over ConfigMaps. The record's name is the run's id, which begins with `run-`. */
export function newRunStore(maps: ConfigMaps, seals: SealKeys): RunStore {
  const messages = newSharedMap(maps, seals, 'messages', {}, (value) => messagesSchema.parse(value))
  const decided = newSharedMap(maps, seals, 'requests-decided', {}, (value) => decidedSchema.parse(value))
  const load = async (id: string): Promise<LoadedRun | null> => {
    const map = await maps.get(id)
    return map ? loadedRun(seals, id, map) : null
  }
  return {
    load,
    ids: () => newestFirst(maps),
    lastEnded: () => lastEnded(maps, load),
    async active() {
      const name = await activeName(maps, seals)
      if (name === null) return null
      const loaded = await load(name)
      if (!loaded)
        throw new CodedError('RECORD_UNREADABLE', { name, message: 'it is not there, but is the active run' })
      return loaded
    },
    create: (run) => createRun(maps, seals, run),
    save: (run, version) => maps.replace(recordOf(seals, run), version),
    release: (id) => releaseRun(maps, seals, id),
    ...newBackups(maps, seals),
    saveUndo: (run, files) => saveUndo(maps, run, files),
    messages: messages.read,
    saveMessage: (message, at) => messages.update((all) => withMessage(all, message, at)),
    wasDecided: async (requestId) => requestId in (await decided.read()),
    noteDecided: (requestId, nowMs) =>
      decided.update((all) => ({ ...youngerThan(all, nowMs - REPLAY_MS), [requestId]: isoOf(nowMs) })),
  }
}

/** Above it there may be the run that is active now, and one that was never made active because another was first. */
const NEWEST = 3

/** Ids of runs begin with their time, so that the newest are the last by name. */
async function newestFirst(maps: ConfigMaps): Promise<readonly string[]> {
  return [...(await maps.names(RUN))].sort().reverse()
}

async function lastEnded(maps: ConfigMaps, load: RunStore['load']): Promise<Run | null> {
  for (const name of (await newestFirst(maps)).slice(0, NEWEST)) {
    const loaded = await load(name)
    if (loaded?.run.endedAt) return loaded.run
  }
  return null
}

function recordOf(seals: SealKeys, run: Run): MapContent {
  const text = JSON.stringify(run)
  const bytes = Buffer.byteLength(text)
  if (bytes > RECORD_LIMIT) throw new CodedError('RECORD_TOO_LARGE', { name: run.id, bytes, limit: RECORD_LIMIT })
  return seal(seals, run.id, RUN, text)
}

function loadedRun(seals: SealKeys, id: string, map: ConfigMap): LoadedRun {
  const run = parsedRecord(id, unseal(seals, map), (value) => runSchema.parse(value))
  if (run.id !== id || run.cluster !== seals.cluster) {
    throw new CodedError('RECORD_FORGED', { name: id, namespace: map.metadata.namespace ?? '' })
  }
  return { run, version: map.metadata.resourceVersion ?? '' }
}

async function activeName(maps: ConfigMaps, seals: SealKeys): Promise<string | null> {
  const map = await maps.get(ACTIVE)
  return map ? unseal(seals, map) : null
}

/** The record first: `active` must never name a record that isn't there. */
async function createRun(maps: ConfigMaps, seals: SealKeys, run: Run): Promise<boolean> {
  const version = await maps.create(recordOf(seals, run))
  const named = await maps.create(seal(seals, ACTIVE, ACTIVE, run.id))
  if (named !== null) return true
  // Ours after all when only the answer to our own first try was lost.
  if ((await activeName(maps, seals)) === run.id) return true
  if (version !== null) await removeNow(maps, run.id)
  return false
}

async function removeNow(maps: ConfigMaps, name: string): Promise<void> {
  const map = await maps.get(name)
  if (!map) return
  const { uid = '', resourceVersion: version = '' } = map.metadata
  await maps.remove(name, { uid, version })
}

async function releaseRun(maps: ConfigMaps, seals: SealKeys, id: string): Promise<void> {
  const map = await maps.get(ACTIVE)
  if (!map || unseal(seals, map) !== id) return
  const { uid = '', resourceVersion: version = '' } = map.metadata
  await maps.remove(ACTIVE, { uid, version })
}

/** Read by people with kubectl when we are gone, so it is plain text and carries no MAC. */
async function saveUndo(maps: ConfigMaps, run: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const live = await maps.get(UNDO)
    const version = live?.metadata.resourceVersion
    const before = live?.metadata.annotations?.[UNDO_RUN] === run ? live.data : {}
    const content: MapContent = {
      name: UNDO,
      part: UNDO,
      data: { ...before, ...files },
      annotations: { [UNDO_RUN]: run },
    }
    const saved = version === undefined ? await maps.create(content) : await maps.replace(content, version)
    if (saved !== null) return
  }
  throw new CodedError('CLUSTER_CONFLICT', { resource: 'configmaps', name: UNDO, namespace: maps.namespace })
}

type Messages = Readonly<Record<string, SavedMessage>>

/** The newest wins; the oldest are forgotten, since only messages of late runs are edited. */
function withMessage(all: Messages, message: string, at: SavedMessage): Messages | null {
  const known = all[message]
  if (known && known.revision > at.revision) return null
  if (known?.ts === at.ts && known.channel === at.channel && known.revision === at.revision) return null
  const { [message]: _before, ...others } = all
  return Object.fromEntries([...Object.entries(others), [message, at] as const].slice(-MESSAGES_KEPT))
}

function youngerThan(all: Readonly<Record<string, string>>, sinceMs: number): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([, at]) => epochOf(at) > sinceMs))
}
