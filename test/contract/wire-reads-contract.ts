import { beforeAll, expect, test } from '@jest/globals'
import { sleep } from '../../src/kernel/retry.ts'
import { unique } from './contract-server.ts'
import type { Loose } from './wire-client.ts'
import { fieldsOf, frames, metadataOf, opened, textOf, within } from './wire-protobuf.ts'
import { createMap, eventsOf, MERGE_PATCH, META, namesOf, type WireStage } from './wire-stage.ts'

/** Lists and watches, whole and as metadata, in JSON and in protobuf. Ends with a server that has forgotten its past. */
export function testReads(stage: () => WireStage): void {
  const batch = unique('batch')
  const selector = `labelSelector=batch%3D${batch}`
  const list = (query = '', accept = 'application/json') =>
    stage().admin.ask('GET', `${stage().maps}?${query}`, { accept })
  const watch = (query: string, ms: number, accept?: string) =>
    stage().admin.watch(`${stage().maps}?watch=true&${query}`, ms, accept)

  beforeAll(async () => {
    const owner = await createMap(stage(), `${batch}-owner`)
    const ownerReferences = [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: owner.metadata.name,
        uid: owner.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]
    for (const n of [0, 1, 2, 3, 4]) {
      await createMap(stage(), `${batch}-${n}`, { batch, n: String(n) })
      const body = { metadata: { ownerReferences } }
      await stage().admin.ask('PATCH', `${stage().maps}/${batch}-${n}`, { body, contentType: MERGE_PATCH })
    }
  })

  test('a list of metadata has types on its items and nothing else of them', async () => {
    const { type, body } = await list(selector, META.list)
    expect([type, body.kind, body.apiVersion, body.items.length]).toEqual([
      'application/json',
      'PartialObjectMetadataList',
      'meta.k8s.io/v1',
      5,
    ])
    expect(Object.keys(body.items[0]).toSorted()).toEqual(['apiVersion', 'kind', 'metadata'])
    expect(body.items[0]).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' })
    const whole = (await list(selector)).body
    expect([whole.kind, whole.items[0].kind, whole.items[0].metadata]).toEqual([
      'ConfigMapList',
      undefined,
      body.items[0].metadata,
    ])
  })

  test('protobuf says the same as JSON, in the same fields', async () => {
    const json = (await list(selector, META.list)).body
    const { type, bytes } = await list(selector, META.protobufList)
    expect(type).toBe('application/vnd.kubernetes.protobuf')
    const answer = opened(bytes)
    expect(answer.type).toEqual(['meta.k8s.io/v1', 'PartialObjectMetadataList'])
    const [listMeta, ...items] = fieldsOf(answer.message)
    expect(fieldsOf(listMeta?.value as Buffer).map(({ number }) => number)).toEqual([1, 2, 3])
    expect(items.map(({ number }) => number)).toEqual([2, 2, 2, 2, 2])
    const metas = items.map(({ value }) => within(value as Buffer, 1))
    expect(metas.map(metadataOf)).toEqual(json.items.map((item: { metadata: unknown }) => item.metadata))
    // Texts that are empty are sent too; what isn't set is left out.
    const numbers = fieldsOf(metas[0] ?? Buffer.alloc(0)).map(({ number }) => number)
    expect([...new Set(numbers)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 17])
  })

  test('one object as metadata, and the error of one that is not there, which is JSON all the same', async () => {
    const path = `${stage().maps}/${batch}-0`
    const json = (await stage().admin.ask('GET', path, { accept: META.one })).body
    const answer = opened((await stage().admin.ask('GET', path, { accept: META.protobufOne })).bytes)
    expect([answer.type[1], metadataOf(within(answer.message, 1))]).toEqual(['PartialObjectMetadata', json.metadata])
    const missing = await stage().admin.ask('GET', `${path}-none`, { accept: META.protobufOne })
    expect([missing.status, missing.type, missing.body.kind]).toEqual([404, 'application/json', 'Status'])
  })

  test('pages are of one version, whatever is written between them', async () => {
    const first = await list('limit=2')
    const all = namesOf(await list())
    expect(first.body.metadata.remainingItemCount).toBe(all.length - 2)
    await createMap(stage(), `${batch}-zz`)
    await stage().admin.ask('DELETE', `${stage().maps}/${batch}-4`)
    const rest = await list(`continue=${encodeURIComponent(first.body.metadata.continue)}`)
    expect([...namesOf(first), ...namesOf(rest)]).toEqual(all)
    expect(rest.body.metadata).toEqual({ resourceVersion: first.body.metadata.resourceVersion })
    const selected = await list(`limit=2&${selector}`, META.list)
    expect(Object.keys(selected.body.metadata).toSorted()).toEqual(['continue', 'resourceVersion'])
    const both = await list(`limit=2&resourceVersion=5&continue=${encodeURIComponent(first.body.metadata.continue)}`)
    expect(both.body.message).toBe('specifying resource version is not allowed when using continue')
  })

  test('version 0 is answered whole; an exact one as it was; one to come not at all', async () => {
    const now = (await list(selector)).body.metadata.resourceVersion
    const all = namesOf(await list(selector))
    await createMap(stage(), `${batch}-later`, { batch })
    expect(namesOf(await list(`${selector}&limit=2&resourceVersion=0`)).length).toBeGreaterThanOrEqual(all.length)
    const then = await list(`${selector}&resourceVersion=${now}&resourceVersionMatch=Exact`)
    expect([namesOf(then), then.body.metadata.resourceVersion]).toEqual([all, now])
    const future = await list('resourceVersion=99999999')
    expect(future.body).toMatchObject({
      code: 504,
      reason: 'Timeout',
      details: {
        retryAfterSeconds: 1,
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      },
    })
    expect(future.body.message).toMatch(/^Timeout: Too large resource version: 99999999, current: \d+$/)
  })

  test.each([
    ['batch in (BATCH,two),n notin (3)', ['0', '1', '2', 'later']],
    ['batch=BATCH,n!=0', ['1', '2', '3', 'later']],
    ['batch==BATCH,n', ['0', '1', '2', '3']],
    ['batch=BATCH,!n', ['later']],
  ])('the selector %s', async (text, wanted) => {
    const found = namesOf(await list(`labelSelector=${encodeURIComponent(text.replace('BATCH', batch))}`))
    expect(found).toEqual(wanted.map((n) => `${batch}-${n}`))
  })

  test('fields are selected by name and namespace', async () => {
    const field = (text: string) => list(`${selector}&fieldSelector=${encodeURIComponent(text)}`)
    expect(namesOf(await field(`metadata.name=${batch}-1`))).toEqual([`${batch}-1`])
    expect(namesOf(await field(`metadata.name!=${batch}-1,metadata.namespace=${stage().namespace}`))).not.toContain(
      `${batch}-1`,
    )
    expect(namesOf(await field('metadata.namespace=other'))).toEqual([])
  })

  test('a watch tells what enters and leaves its selection, as it was; its last bookmark comes before its end', async () => {
    const { admin, maps } = stage()
    const from = (await list(selector)).body.metadata.resourceVersion
    const query = `${selector}&resourceVersion=${from}&allowWatchBookmarks=true&timeoutSeconds=4`
    const watched = Promise.all([
      watch(query, 8000),
      watch(query, 8000, META.one),
      watch(query, 8000, META.protobufOne),
    ])
    await sleep(500)
    const name = `${batch}-watched`
    const patched = (body: object) => admin.ask('PATCH', `${maps}/${name}`, { body, contentType: MERGE_PATCH })
    await createMap(stage(), name, { batch })
    await patched({ data: { a: '2' } })
    const left = (await patched({ data: { a: '3' }, metadata: { labels: { batch: 'two' } } })).body
    await patched({ metadata: { labels: { batch } } })
    await admin.ask('DELETE', `${maps}/${name}`)
    const [whole, metas, binary] = await watched
    const events = eventsOf(whole).filter(({ type }) => type !== 'BOOKMARK')
    expect([
      whole.type,
      events.map(({ type, object }) => [type, object.kind, object.data.a, object.metadata.labels.batch]),
    ]).toEqual([
      'application/json',
      [
        ['ADDED', 'ConfigMap', '1', batch],
        ['MODIFIED', 'ConfigMap', '2', batch],
        ['DELETED', 'ConfigMap', '2', batch],
        ['ADDED', 'ConfigMap', '3', batch],
        ['DELETED', 'ConfigMap', '3', batch],
      ],
    ])
    const versions = events.map(({ object }) => Number(object.metadata.resourceVersion))
    expect([versions, versions[2]]).toEqual([versions.toSorted((a, b) => a - b), Number(left.metadata.resourceVersion)])
    const bookmark = eventsOf(whole).find(({ type }) => type === 'BOOKMARK')
    const resourceVersion = expect.stringMatching(/^\d+$/)
    expect(bookmark.object).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion } })
    const seen = eventsOf(metas)
    expect(seen.find(({ type }) => type === 'BOOKMARK').object).toEqual({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion },
    })
    expect(binary.type).toBe('application/vnd.kubernetes.protobuf;stream=watch')
    const told = frames(binary.bytes).map(
      (frame) => [textOf(frame, 1), metadataOf(within(opened(within(frame, 2, 1)).message, 1))] as const,
    )
    const plain = ({ type, object }: Loose) => [type, object.metadata]
    expect(told.filter(([type]) => type !== 'BOOKMARK')).toEqual(
      seen.filter(({ type }) => type !== 'BOOKMARK').map(plain),
    )
    expect(told.some(([type]) => type === 'BOOKMARK')).toBe(true)
  }, 20_000)

  test('a watch from nowhere begins with what is there, and marks where that ends when asked to', async () => {
    const [plain, marked] = await Promise.all([
      watch(`${selector}&timeoutSeconds=1`, 4000),
      watch(
        `${selector}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1`,
        4000,
      ),
    ])
    const first = namesOf(await list(selector)).map((name) => ['ADDED', name])
    expect(eventsOf(plain).map(({ type, object }) => [type, object.metadata.name])).toEqual(first)
    const mark = eventsOf(marked)[first.length]
    expect(mark).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    })
  })

  test('a watch of one object by its address is a get', async () => {
    const answer = await stage().admin.watch(`${stage().maps}/${batch}-0?watch=true`, 4000)
    expect(answer.body).toMatchObject({ kind: 'ConfigMap', metadata: { name: `${batch}-0` } })
  })

  test('what rests on a forgotten version is 410: a watch by an event, a page by its answer', async () => {
    const page = await list('limit=2')
    const { resourceVersion, continue: token } = page.body.metadata
    await createMap(stage(), `${batch}-after`)
    await stage().server.forget()
    const old = await watch(`resourceVersion=${resourceVersion}&timeoutSeconds=1`, 4000)
    expect([old.status, eventsOf(old)]).toEqual([
      200,
      [
        {
          type: 'ERROR',
          object: {
            kind: 'Status',
            apiVersion: 'v1',
            metadata: {},
            status: 'Failure',
            message: expect.any(String),
            reason: 'Expired',
            code: 410,
          },
        },
      ],
    ])
    expect(eventsOf(old)[0].object.message).toMatch(
      new RegExp(`^too old resource version: ${resourceVersion} \\(\\d+\\)$`),
    )
    const binary = await watch(`resourceVersion=${resourceVersion}&timeoutSeconds=1`, 4000, META.protobufOne)
    const status = opened(within(frames(binary.bytes)[0] ?? Buffer.alloc(0), 2, 1))
    const code = fieldsOf(status.message).find(({ number }) => number === 6)?.value
    expect([status.type, textOf(status.message, 4), code]).toEqual([['v1', 'Status'], 'Expired', 410])
    const next = await list(`limit=2&continue=${encodeURIComponent(token)}`)
    expect(next.body).toMatchObject({ code: 410, reason: 'Expired' })
    expect(next.body.message).toMatch(
      /^The provided continue parameter is too old to display a consistent list result\./,
    )
  }, 60_000)
}
