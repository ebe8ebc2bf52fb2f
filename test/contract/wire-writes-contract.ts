import { expect, test } from '@jest/globals'
import { configMap } from './contract-objects.ts'
import { unique } from './contract-server.ts'
import type { Loose, WireAnswer } from './wire-client.ts'
import { APPLY_PATCH, createMap, JSON_PATCH, MERGE_PATCH, type WireStage } from './wire-stage.ts'

const TESTED = { status: 422, body: { message: 'the server rejected our request due to an error in our request' } }

/** Patches of all kinds, server-side apply, Leases, deletions. */
export function testWrites(stage: () => WireStage): void {
  const patch = (name: string, contentType: string, body: unknown, query = ''): Promise<WireAnswer> =>
    stage().admin.ask('PATCH', `${stage().maps}/${name}${query}`, { body, contentType })
  const apply = (name: string, data: object, manager: string, force = '') =>
    patch(name, APPLY_PATCH, { ...configMap(name, stage().namespace), data }, `?fieldManager=${manager}${force}`)

  test('a JSON patch moves, adds and tests; one whose test or path fails changes nothing', async () => {
    const name = unique('patched')
    await createMap(stage(), name)
    const moved = await patch(name, JSON_PATCH, [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'move', from: '/data/a', path: '/data/b' },
      { op: 'add', path: '/metadata/annotations/example.com~1x', value: 'y' },
    ])
    expect(moved).toMatchObject({
      status: 200,
      body: { data: { b: '1' }, metadata: { annotations: { 'example.com/x': 'y' } } },
    })
    expect(await patch(name, JSON_PATCH, [{ op: 'test', path: '/data/b', value: '2' }])).toMatchObject(TESTED)
    expect(await patch(name, JSON_PATCH, [{ op: 'remove', path: '/data/none' }])).toMatchObject(TESTED)
    const stale = [{ op: 'test', path: '/metadata/resourceVersion', value: '1' }]
    expect(await patch(name, JSON_PATCH, stale)).toMatchObject(TESTED)
  })

  test('a JSON patch’s replace of a field that is not there adds it', async () => {
    const name = unique('patched')
    await createMap(stage(), name)
    const replaced = await patch(name, JSON_PATCH, [{ op: 'replace', path: '/data/none', value: 'x' }])
    expect(replaced).toMatchObject({ status: 200, body: { data: { a: '1', none: 'x' } } })
  })

  test('a merge patch merges, null removes, and a dry run keeps nothing', async () => {
    const name = unique('merged')
    await createMap(stage(), name, { team: 'pay' })
    const merged = await patch(name, MERGE_PATCH, {
      data: { a: null, b: '2' },
      metadata: { labels: { team: null, app: 'x' } },
    })
    expect(merged.body).toMatchObject({ data: { b: '2' } })
    expect([merged.body.data.a, merged.body.metadata.labels]).toEqual([undefined, { app: 'x' }])
    expect((await patch(name, MERGE_PATCH, { data: { dry: '1' } }, '?dryRun=All')).body.data.dry).toBe('1')
    expect((await stage().admin.ask('GET', `${stage().maps}/${name}`)).body.data).toEqual({ b: '2' })
  })

  test('a write that changes nothing keeps the version', async () => {
    const name = unique('same')
    const { metadata, ...made } = await createMap(stage(), name)
    const put = await stage().admin.ask('PUT', `${stage().maps}/${name}`, { body: { ...made, metadata } })
    expect([put.status, put.body.metadata.resourceVersion]).toEqual([200, metadata.resourceVersion])
  })

  test('an apply creates, drops what it no longer names, and shares a field of the same value', async () => {
    const name = unique('applied')
    expect((await apply(name, { a: '1', b: '1' }, 'one')).status).toBe(201)
    const again = await apply(name, { a: '1' }, 'one')
    expect([again.status, again.body.data]).toEqual([200, { a: '1' }])
    const shared = await apply(name, { a: '1' }, 'two')
    const managers = shared.body.metadata.managedFields.map((one: Loose) => `${one.manager} ${one.operation}`)
    expect([shared.status, managers.toSorted()]).toEqual([200, ['one Apply', 'two Apply']])
  })

  test('an apply conflicts with who owns the field, and takes it by force', async () => {
    const name = unique('applied')
    await apply(name, { a: '1' }, 'one')
    await patch(name, MERGE_PATCH, { data: { c: '1' } }, '?fieldManager=hand')
    expect((await apply(name, { a: '2' }, 'two')).body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }] },
    })
    const both = await apply(name, { a: '2', c: '2' }, 'two')
    const lines = [
      'Apply failed with 2 conflicts: conflicts with "hand" using v1:',
      '- .data.c',
      'conflicts with "one":',
      '- .data.a',
    ]
    expect(both.body.message).toBe(lines.join('\n'))
    expect((await apply(name, { a: '2', c: '2' }, 'two', '&force=true')).body.data).toEqual({ a: '2', c: '2' })
  })

  test('a Lease is guarded by its version, and a PUT makes one that is missing', async () => {
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${stage().namespace}/leases`
    const name = unique('lease')
    const times = { acquireTime: '2026-01-01T00:00:00.000000Z', renewTime: '2026-01-01T00:00:00.123456Z' }
    const spec = { holderIdentity: 'one', leaseDurationSeconds: 15, leaseTransitions: 0, ...times }
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec }
    const made = await stage().admin.ask('PUT', `${leases}/${name}`, { body: lease })
    expect(made).toMatchObject({ status: 201, body: { spec } })
    const taken = { ...made.body, spec: { ...spec, holderIdentity: 'two' } }
    expect((await stage().admin.ask('PUT', `${leases}/${name}`, { body: taken })).status).toBe(200)
    expect((await stage().admin.ask('PUT', `${leases}/${name}`, { body: taken })).body).toMatchObject({
      code: 409,
      reason: 'Conflict',
    })
  })

  test('a deletion is answered with a Status that names what went', async () => {
    const name = unique('gone')
    const { metadata } = await createMap(stage(), name)
    const dry = await stage().admin.ask('DELETE', `${stage().maps}/${name}?dryRun=All`)
    const details = { name, kind: 'configmaps', uid: metadata.uid }
    const success = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
    expect(dry.body).toEqual(success)
    expect((await stage().admin.ask('DELETE', `${stage().maps}/${name}`)).body).toEqual(success)
    expect((await stage().admin.ask('GET', `${stage().maps}/${name}`)).status).toBe(404)
  })

  test('a deletion of many answers with the list of them', async () => {
    const batch = unique('many')
    for (const n of [1, 2]) await createMap(stage(), `${batch}-${n}`, { batch })
    const answer = await stage().admin.ask('DELETE', `${stage().maps}?labelSelector=batch%3D${batch}`)
    expect(answer.body).toMatchObject({ kind: 'ConfigMapList', items: [{ metadata: { name: `${batch}-1` } }, {}] })
  })
}
