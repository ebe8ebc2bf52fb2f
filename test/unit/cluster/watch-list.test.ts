import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { newLog } from '../../../src/kernel/log.ts'
import { sleep } from '../../../src/kernel/retry.ts'
import { writeKubeconfig } from '../../../src/sandbox/kube-server/kubeconfig.ts'
import { startKubeServer, type KubeServer } from '../../../src/sandbox/kube-server/server.ts'
import { openKubeConfig } from '../../../src/cluster/kube-config.ts'
import { newKubeHttp } from '../../../src/cluster/kube-http.ts'
import { watchList } from '../../../src/cluster/watch-list.ts'

const SETTINGS = { silenceMs: 5000, firstBackoffMs: 20, maxBackoffMs: 2000 }
const MAPS = '/api/v1/namespaces/default/configmaps'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** Watches ConfigMaps at this address for so long; what it was told meanwhile. */
async function watchedFor(url: string, token: string, ms: number) {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-watch-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'config')
  writeKubeconfig(file, url, token, 'here')
  const http = newKubeHttp(openKubeConfig({}, { KUBECONFIG: file }))
  ends.push(() => http.close())
  const stop = new AbortController()
  let lists = 0
  const handlers = {
    keep: () => null,
    onList: () => void (lists += 1),
    onEvent: () => undefined,
  }
  const watched = watchList(http, { path: MAPS }, handlers, stop.signal, newLog('silent', 'test'), SETTINGS)
  await sleep(ms, new AbortController().signal)
  stop.abort()
  await watched.done
  return { lists, ageMs: watched.ageMs() }
}

async function aServer(): Promise<KubeServer> {
  const server = await startKubeServer({ bookmarkEveryMs: 30 })
  ends.push(() => server.close())
  return server
}

test('a server that refuses every watch as too old is asked for the whole list ever more seldom', async () => {
  const server = await aServer()
  server.trouble({ kind: 'status', code: 410, method: 'GET', path: /configmaps\?.*watch=1/ })
  const { lists, ageMs } = await watchedFor(server.url, server.token, 1500)
  expect(lists).toBeGreaterThan(2)
  expect(lists).toBeLessThan(9)
  expect(ageMs).not.toBeNull()
})

test('nor does it matter that it says so within the watch, as an event', async () => {
  const error = {
    type: 'ERROR',
    object: { kind: 'Status', apiVersion: 'v1', metadata: {}, code: 410, message: 'too old' },
  }
  const list = { kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: '7' }, items: [] }
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(`${JSON.stringify(url.includes('watch=1') ? error : list)}\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  const { lists } = await watchedFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'x', 1500)
  expect(lists).toBeGreaterThan(2)
  expect(lists).toBeLessThan(9)
})

test('a connection that breaks in the middle of a line, again and again, costs no list of everything', async () => {
  const list = { kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: '7' }, items: [] }
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (!searchParams.has('watch')) return void response.end(JSON.stringify(list))
    asked.push(searchParams.get('resourceVersion') ?? '')
    response.write('{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"8"}}}\n{"type":"ADD')
    setTimeout(() => response.destroy(), 30)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const { lists } = await watchedFor(`http://127.0.0.1:${port}`, 'a-token', 1000)
  expect(lists).toBe(1)
  expect(asked.slice(0, 3)).toEqual(['7', '8', '8'])
})
