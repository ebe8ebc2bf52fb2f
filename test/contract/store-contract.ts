import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { newAuditStorage } from '../../src/cluster/audit-storage.ts'
import { newConfigMaps, type ConfigMaps } from '../../src/cluster/config-maps.ts'
import { ensureNamespace } from '../../src/cluster/own-namespace.ts'
import { newRunStore } from '../../src/cluster/run-store.ts'
import type { RunStore } from '../../src/ports/run-store.ts'
import type { AuditEntry } from '../../src/wire/audit-entry.ts'
import { openCluster, unique, type ContractServer, type Opened } from './contract-server.ts'
import { newRun } from './new-run.ts'

const CLUSTER = 'contract'

/** The homes of run, backups, messages and audit as ConfigMaps: on the sandbox's API server and on the real one. */
export function describeStore(name: string, setup: () => Promise<ContractServer>): void {
  describe(`run store on ${name}`, () => {
    let server: ContractServer
    let admin: Opened
    let maps: ConfigMaps
    let store: RunStore
    const namespace = unique('meshferry')

    beforeAll(async () => {
      server = await setup()
      admin = openCluster(server.kubeconfig)
      await ensureNamespace(admin.cluster, { namespace, istioNamespace: 'istio-system' })
      maps = newConfigMaps(admin.http, namespace)
      store = newRunStore(maps, { cluster: CLUSTER, keys: ['key one'] })
    })
    afterAll(async () => {
      await admin.http.close()
      await server.close()
    })

    test('our namespace is made where no injector may take it', async () => {
      const made = await admin.cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace })
      expect(made?.metadata.labels).toMatchObject({ 'istio-injection': 'disabled' })
      await ensureNamespace(admin.cluster, { namespace, istioNamespace: 'istio-system' })
    })

    test('who may not make it is shown the manifest', async () => {
      const limited = openCluster(server.limited)
      const other = unique('meshferry')
      const ensuring = ensureNamespace(limited.cluster, { namespace: other, istioNamespace: 'istio-system' })
      await expect(ensuring).rejects.toMatchObject({
        code: 'NAMESPACE_MISSING',
        facts: { manifest: expect.stringContaining('istio-injection: disabled') },
      })
      await limited.http.close()
    })

    test('one run at a time is active, until it is released', async () => {
      const [first, second] = [newRun(CLUSTER), newRun(CLUSTER)]
      expect(await store.active()).toBeNull()
      expect(await store.create(first)).toBe(true)
      expect(await store.create(first)).toBe(true)
      expect(await store.create(second)).toBe(false)
      expect(await store.load(second.id)).toBeNull()
      expect((await store.active())?.run).toEqual(first)
      await store.release(second.id)
      expect((await store.active())?.run.id).toBe(first.id)
      await store.release(first.id)
      await store.release(first.id)
      expect(await store.active()).toBeNull()
      expect((await store.load(first.id))?.run).toEqual(first)
    })

    test('the newest run that ended is found, whatever runs now', async () => {
      const now = Date.now()
      const [older, newer, running] = [newRun(CLUSTER, now), newRun(CLUSTER, now + 1), newRun(CLUSTER, now + 2)]
      for (const run of [older, newer, running]) {
        await store.create({ ...run, ...(run === running ? {} : { endedAt: run.requestedAt }) })
        if (run !== running) await store.release(run.id)
      }
      expect((await store.lastEnded())?.id).toBe(newer.id)
      expect((await store.ids()).slice(0, 3)).toEqual([running.id, newer.id, older.id])
      await store.release(running.id)
    })

    test('of two who save the same version one wins', async () => {
      const run = newRun(CLUSTER)
      await store.create(run)
      const { version = '' } = (await store.load(run.id)) ?? {}
      const saves = await Promise.all([
        store.save({ ...run, state: 'running' }, version),
        store.save({ ...run, state: 'halted' }, version),
      ])
      expect(saves.filter((saved) => saved !== null)).toHaveLength(1)
      const [winner = ''] = saves.flatMap((saved) => saved ?? [])
      expect((await store.load(run.id))?.version).toBe(winner)
      expect(await store.save({ ...run, state: 'waiting' }, winner)).not.toBeNull()
      await store.release(run.id)
    })

    test('a record that somebody changed by hand is forged, and so is one under another name', async () => {
      const run = newRun(CLUSTER)
      await store.create(run)
      const map = await maps.get(run.id)
      const text = map?.data?.['content'] ?? ''
      const annotations = map?.metadata.annotations ?? {}
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: run.id, namespace }
      await admin.cluster.patchJson(ref, [
        { op: 'replace', path: '/data/content', value: text.replace('waiting', 'running') },
      ])
      await expect(store.load(run.id)).rejects.toMatchObject({ code: 'RECORD_FORGED', facts: { name: run.id } })
      const other = newRun(CLUSTER).id
      await maps.create({ name: other, part: 'run', data: { content: text }, annotations })
      await expect(store.load(other)).rejects.toMatchObject({ code: 'RECORD_FORGED' })
      await admin.cluster.patchJson(ref, [{ op: 'replace', path: '/data/content', value: text }])
      await store.release(run.id)
    })

    test('while keys are rotated the older is still believed, and a stranger’s never', async () => {
      const run = newRun(CLUSTER)
      await store.create(run)
      const rotated = newRunStore(maps, { cluster: CLUSTER, keys: ['key two', 'key one'] })
      const stranger = newRunStore(maps, { cluster: CLUSTER, keys: ['key three'] })
      expect((await rotated.load(run.id))?.run.id).toBe(run.id)
      await expect(stranger.load(run.id)).rejects.toMatchObject({ code: 'RECORD_FORGED' })
      await store.release(run.id)
    })

    test('a record over 256 KiB is refused before anything is written', async () => {
      const run = newRun(CLUSTER)
      const large = { ...run, plan: { ...run.plan, acknowledged: ['x'.repeat(257 * 1024)] } }
      await expect(store.create(large)).rejects.toMatchObject({ code: 'RECORD_TOO_LARGE', facts: { limit: 262144 } })
      expect(await store.load(run.id)).toBeNull()
    })

    test('a backup comes back as it was, the first under a name is kept, and another hash is refused', async () => {
      const { id } = newRun(CLUSTER)
      const content = { objects: [{ kind: 'MutatingWebhookConfiguration', caBundle: 'Zm9v' }] }
      const saved = await store.saveBackup(id, 'injectors', 1, content)
      expect(saved.name).toBe(`${id}-injectors-1`)
      expect(await store.saveBackup(id, 'injectors', 1, { other: true })).toEqual(saved)
      expect(await store.loadBackup(saved)).toEqual(content)
      const wrong = { ...saved, sha256: '0'.repeat(64) }
      await expect(store.loadBackup(wrong)).rejects.toMatchObject({ code: 'RECORD_FORGED' })
    })

    test('a backup larger than a ConfigMap is spread over several', async () => {
      const { id } = newRun(CLUSTER)
      const content = { noise: randomBytes(1_200_000).toString('base64') }
      const saved = await store.saveBackup(id, 'large', 1, content)
      expect((await maps.names('backup-part')).filter((one) => one.startsWith(saved.name))).not.toHaveLength(0)
      expect(await store.loadBackup(saved)).toEqual(content)
    })

    test('undo files are readable by people; those of the same run stay, those of another go', async () => {
      await store.saveUndo('run-1', { 'a.sh': 'kubectl one', 'b.sh': 'kubectl first' })
      await store.saveUndo('run-1', { 'b.sh': 'kubectl second' })
      expect((await maps.get('undo'))?.data).toEqual({ 'a.sh': 'kubectl one', 'b.sh': 'kubectl second' })
      await store.saveUndo('run-2', { 'b.sh': 'kubectl two' })
      expect((await maps.get('undo'))?.data).toEqual({ 'b.sh': 'kubectl two' })
    })

    test('of a message the newest place is kept, also when many are saved at once', async () => {
      const at = { channel: 'C1', ts: '1.1', revision: 2 }
      await Promise.all([1, 2, 3].map((n) => store.saveMessage(`m${n}`, at)))
      await store.saveMessage('m1', { ...at, revision: 1, ts: '0.1' })
      expect(await store.messages()).toEqual({ m1: at, m2: at, m3: at })
    })

    test('a request that was decided is known for ten minutes', async () => {
      const now = Date.parse('2026-11-20T10:00:00Z')
      expect(await store.wasDecided('rq-a')).toBe(false)
      await store.noteDecided('rq-a', now)
      await Promise.all([store.noteDecided('rq-b', now), store.noteDecided('rq-c', now)])
      expect(await Promise.all(['rq-a', 'rq-b', 'rq-c'].map(store.wasDecided))).toEqual([true, true, true])
      await store.noteDecided('rq-d', now + 9 * 60_000)
      expect(await store.wasDecided('rq-a')).toBe(true)
      await store.noteDecided('rq-e', now + 11 * 60_000)
      expect(await Promise.all(['rq-a', 'rq-d', 'rq-e'].map(store.wasDecided))).toEqual([false, true, true])
    })

    test('audit chunks are numbered, compared and set, and read in order', async () => {
      const storage = newAuditStorage(maps, { cluster: CLUSTER, keys: ['key one'] })
      const entry = (seq: number): AuditEntry => ({
        v: 1,
        seq,
        id: `e${seq}`,
        at: '2026-11-20T10:00:00.000Z',
        cluster: CLUSTER,
        what: { code: 'TESTED', facts: {} },
        prev: '',
        hash: 'a'.repeat(64),
      })
      expect(await storage.head()).toEqual({ chunk: 1, entries: [], version: null })
      expect(await storage.write(1, [entry(1)], null)).toBe(true)
      expect(await storage.write(1, [entry(2)], null)).toBe(false)
      const { version } = await storage.head()
      expect(await storage.write(1, [entry(1), entry(2)], version)).toBe(true)
      expect(await storage.write(1, [entry(1), entry(3)], version)).toBe(false)
      for (let chunk = 2; chunk <= 11; chunk += 1) await storage.write(chunk, [entry(chunk + 1)], null)
      expect((await storage.head()).chunk).toBe(11)
      expect((await storage.all()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    })
  })
}
