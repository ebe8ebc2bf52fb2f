import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'

const AS = 'g=meta.k8s.io;v=v1'
const LIST = `application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;${AS}`
const PATH = '/api/v1/namespaces/default/configmaps'
let kube: KubeServer

beforeAll(async () => {
  kube = await startKubeServer()
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Secret', name: 's', uid: 'uid-of-s', controller: true }]
  const metadata = {
    name: 'a',
    namespace: 'default',
    labels: { team: 'payments' },
    annotations: { note: 'ü' },
    ownerReferences,
  }
  kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { secret: 'never sent' } })
})
afterAll(() => kube.close())

const get = (query: string, accept: string): Promise<Response> =>
  fetch(`${kube.url}${PATH}${query}`, { headers: { authorization: `Bearer ${kube.token}`, accept } })

const stored = () => {
  const metadata = kube.get('v1', 'ConfigMap', 'a', 'default')?.metadata
  if (!metadata) throw new Error('not stored')
  return metadata
}

type Field = { readonly number: number; readonly value: number | Buffer }

/** A reader of its own: each field of a message in order. */
function read(bytes: Buffer): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): number => {
    let [value, scale] = [0, 1]
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * scale
      scale *= 128
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const number = tag >>> 3
    if ((tag & 7) === 0) fields.push({ number, value: varint() })
    else {
      const length = varint()
      fields.push({ number, value: bytes.subarray(at, at + length) })
      at += length
    }
  }
  return fields
}
const part = (bytes: Buffer, ...path: number[]): Buffer =>
  path.reduce((inner, wanted) => {
    const found = read(inner).find((field) => field.number === wanted)?.value
    return Buffer.isBuffer(found) ? found : Buffer.alloc(0)
  }, bytes)
const text = (bytes: Buffer, ...path: number[]): string => part(bytes, ...path).toString()

test('a list is an enveloped PartialObjectMetadataList with everything of the metadata and nothing else', async () => {
  const answer = await get('?fieldSelector=metadata.name%3Da', LIST)
  expect(answer.headers.get('content-type')).toBe('application/vnd.kubernetes.protobuf')
  const body = Buffer.from(await answer.arrayBuffer())
  expect(body.subarray(0, 4).toString()).toBe('k8s\0')
  expect(body.includes('never sent')).toBe(false)
  const unknown = body.subarray(4)
  expect([text(unknown, 1, 1), text(unknown, 1, 2)]).toEqual(['meta.k8s.io/v1', 'PartialObjectMetadataList'])
  const meta = part(unknown, 2, 2, 1)
  const live = stored()
  expect([text(meta, 1), text(meta, 3), text(meta, 5), text(meta, 6)]).toEqual([
    'a',
    'default',
    live.uid,
    live.resourceVersion,
  ])
  expect([text(meta, 11, 1), text(meta, 11, 2), text(meta, 12, 2)]).toEqual(['team', 'payments', 'ü'])
  expect([text(meta, 13, 1), text(meta, 13, 4)]).toEqual(['Secret', 'uid-of-s'])
  expect(read(part(meta, 13)).find((field) => field.number === 6)?.value).toBe(1)
  const seconds = Date.parse(live.creationTimestamp ?? '') / 1000
  expect(read(part(meta, 8))[0]?.value).toBe(seconds)
  expect(JSON.parse(text(meta, 17, 7, 1))).toEqual(live.managedFields?.[0]?.fieldsV1)
})

test('pages carry the token and the number that remains', async () => {
  const body = Buffer.from(await (await get('?limit=1', LIST)).arrayBuffer()).subarray(4)
  const listMeta = part(body, 2, 1)
  expect(read(listMeta).find((field) => field.number === 4)?.value).toBe(1)
  const next = await get(`?limit=1&continue=${text(listMeta, 3)}`, LIST)
  const rest = Buffer.from(await next.arrayBuffer()).subarray(4)
  expect([text(rest, 2, 2, 1, 1), text(rest, 2, 1, 3)]).toEqual(['kube-root-ca.crt', ''])
})

test('a watch sends frames with their length before them; an old version gives a Status', async () => {
  const accept = `application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;${AS}`
  const answer = await get('?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Da', accept)
  expect(answer.headers.get('content-type')).toBe('application/vnd.kubernetes.protobuf;stream=watch')
  const body = Buffer.from(await answer.arrayBuffer())
  expect(body.readUInt32BE(0)).toBe(body.length - 4)
  const object = part(body.subarray(4), 2, 1)
  expect([text(body.subarray(4), 1), text(object.subarray(4), 2, 1, 1)]).toEqual(['ADDED', 'a'])
  kube.forgetHistory()
  const gone = Buffer.from(await (await get('?watch=1&resourceVersion=2', accept)).arrayBuffer()).subarray(4)
  const status = part(gone, 2, 1).subarray(4)
  expect([text(gone, 1), text(status, 1, 2), text(status, 2, 4)]).toEqual(['ERROR', 'Status', 'Expired'])
  expect(read(part(status, 2)).find((field) => field.number === 6)?.value).toBe(410)
})

test.each([
  [`${LIST},application/json;as=PartialObjectMetadataList;${AS}`, 'protobuf'],
  [`application/json;as=PartialObjectMetadataList;${AS},${LIST}`, 'application/json'],
  [`${LIST};q=0.5,application/json`, 'application/json'],
  [`*/*,${LIST}`, 'protobuf'],
  ['application/vnd.kubernetes.protobuf,application/json', 'application/json'],
])('of %s it chooses %s', async (accept, chosen) => {
  expect((await get('', accept)).headers.get('content-type')).toContain(chosen)
})
