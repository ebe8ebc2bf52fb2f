import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { KubeServer } from './server.ts'
import { startKubeServer } from './server.ts'
import { configMap, testClient } from './test-client.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'
type Line = {
  readonly type: string
  readonly object: {
    readonly kind: string
    readonly metadata: { readonly name?: string }
    readonly code?: number
    readonly message?: string
  }
}

let server: KubeServer
let client: ReturnType<typeof testClient>
const open = new Set<AbortController>()

beforeEach(async () => {
  server = await startKubeServer({ bookmarkEveryMs: 30 })
  client = testClient(server)
})
afterEach(async () => {
  for (const controller of open) controller.abort()
  open.clear()
  await server.close()
})

/** Reads lines of a watch until `count` have come or it ends; tells how it ended. */
async function watch(query: string, count: number, meanwhile: () => unknown = () => undefined) {
  const controller = new AbortController()
  open.add(controller)
  const headers = { authorization: `Bearer ${server.token}` }
  const response = await fetch(`${server.url}${MAPS}?watch=true&${query}`, { headers, signal: controller.signal })
  await meanwhile()
  const lines: Line[] = []
  let buffered = ''
  try {
    for await (const chunk of response.body ?? []) {
      buffered += Buffer.from(chunk).toString()
      const parts = buffered.split('\n')
      buffered = parts.pop() ?? ''
      lines.push(...parts.map((part) => JSON.parse(part) as Line))
      if (lines.length >= count) return { lines, end: 'enough' }
    }
    return { lines, end: 'ended' }
  } catch {
    return { lines, end: 'broken' }
  }
}

const short = (lines: readonly Line[]): string[] =>
  lines.map((line) => `${line.type} ${line.object.metadata.name ?? ''}`.trim())

test('without a version it begins with what is there, then follows', async () => {
  const { lines } = await watch('fieldSelector=metadata.name%3Da', 3, async () => {
    await client.post(MAPS, configMap('a'))
    await client.post(MAPS, configMap('b'))
    await client.patch(`${MAPS}/a`, 'merge', { data: { k: 'v' } })
    await client.del(`${MAPS}/a`)
  })
  expect(short(lines)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a'])
})

test('from a version it sends what was missed; an object that leaves the selection is DELETED', async () => {
  const from = server.resourceVersion()
  await client.post(MAPS, { ...configMap('a'), metadata: { name: 'a', labels: { in: 'yes' } } })
  await client.patch(`${MAPS}/a`, 'merge', { metadata: { labels: { in: 'no' } } })
  const { lines } = await watch(`resourceVersion=${from}&labelSelector=in%3Dyes`, 2)
  expect(short(lines)).toEqual(['ADDED a', 'DELETED a'])
})

test('a forgotten version is one ERROR of 410', async () => {
  server.forgetHistory()
  const { lines, end } = await watch('resourceVersion=1', 2)
  expect([end, lines]).toMatchObject([
    'ended',
    [
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: expect.stringContaining('too old resource version: 1'),
        },
      },
    ],
  ])
})

test('bookmarks when asked for, also at the end of the initial events', async () => {
  const { lines } = await watch(`resourceVersion=${server.resourceVersion()}&allowWatchBookmarks=true`, 1)
  expect(lines[0]).toMatchObject({
    type: 'BOOKMARK',
    object: { kind: 'ConfigMap', metadata: { resourceVersion: String(server.resourceVersion()) } },
  })
  const initial = await watch('sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true', 2)
  expect(initial.lines[1]).toMatchObject({
    type: 'BOOKMARK',
    object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
  })
})

test('it ends by timeout, by the server, and by a broken connection', async () => {
  const from = `resourceVersion=${server.resourceVersion()}`
  expect((await watch(`${from}&timeoutSeconds=0.05`, 1)).end).toBe('ended')
  expect((await watch(from, 1, () => server.endWatches(/configmaps/))).end).toBe('ended')
  expect((await watch(from, 1, () => server.endWatches(/configmaps/, 'break'))).end).toBe('broken')
})
