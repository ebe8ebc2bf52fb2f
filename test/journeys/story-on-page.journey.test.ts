import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import type { ActAnswer } from '../../src/sandbox/page/acts.ts'
import { applyChange, type Values } from '../../src/sandbox/page/browser/apply-change.ts'
import type { PageState, StateChange } from '../../src/sandbox/page/page-state.ts'
import { startDemo } from '../support/demo-process.ts'
import { withRedisOnPath } from '../support/redis-on-path.ts'
import { until } from '../support/until.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A demo whose cast plays this story, with its page's address. */
async function played(story: string) {
  await withRedisOnPath()
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-watched-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const { child, lines } = startDemo(folder, ['--story', story])
  ends.push(() => child.kill('SIGKILL'))
  const address = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\//.exec(lines.join('\n'))?.[0]
  await until(address, 60_000)
  const url = address() ?? ''
  /** Ctrl-C; the exit code, and what was left of its files. */
  const interrupt = async () => {
    const gone = once(child, 'exit')
    child.kill('SIGINT')
    const [code] = (await gone) as [number | null]
    return { code, left: readdirSync(folder) }
  }
  return { url, lines, interrupt }
}

/** What somebody sees who looks through Lee, after each change. */
async function* watching(url: string): AsyncGenerator<PageState> {
  const response = await fetch(`${url}events?as=U0LEE`)
  const values: Values = new Map()
  let [text, state]: [string, PageState | null] = ['', null]
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString()
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      state = applyChange(values, state, JSON.parse(text.slice('data: '.length, end)) as StateChange)
      text = text.slice(end + 2)
      yield state
    }
  }
}

async function sendCommand(url: string): Promise<ActAnswer> {
  const body = JSON.stringify({ as: 'U0LEE', act: { kind: 'command', channel: 'C0PROD', text: '/istio status' } })
  const headers = { 'content-type': 'application/json', origin: url.slice(0, -1) }
  return (await (await fetch(`${url}act`, { method: 'POST', headers, body })).json()) as ActAnswer
}

/** Pods by version, each count once where it repeats, and what somebody is told who acts as the story begins. */
async function watchToTheEnd(url: string) {
  const seen: string[] = []
  let [first, last, refused]: [PageState?, PageState?, ActAnswer?] = []
  for await (const page of watching(url)) {
    const counts = JSON.stringify(page.mesh.byVersion)
    if (seen.at(-1) !== counts) seen.push(counts)
    first ??= page
    refused ??= await sendCommand(url)
    last = page
    if (page.story?.state !== 'plays') break
  }
  return { seen, first, last, refused }
}

test('the cast plays the upgrade while one watches: the mesh is that of its cluster, and then it is the visitor’s', async () => {
  const { url, lines, interrupt } = await played('smooth')
  const { seen, first, last, refused } = await watchToTheEnd(url)
  expect(first?.story).toMatchObject({ name: 'smooth', state: 'plays' })
  expect(refused).toMatchObject({ ok: false, say: expect.stringContaining('The cast plays') })
  expect(last?.story).toMatchObject({ state: 'ended' })
  // Two teams' seven pods, one after the other by their own rollouts; a rollout has one pod more for a moment.
  expect(seen[0]).toBe('{"1.30.0":7}')
  expect(seen.at(-1)).toBe('{"1.31.0":7}')
  expect(seen.length).toBeGreaterThan(7)
  expect(last?.mesh).toMatchObject({ restartedByUs: 0, replacedByTeams: 7 })
  expect(last?.mesh.traffic.errorsInAll).toBe(0)
  expect(last?.mesh.controlPlanes).toEqual([{ revision: '1-31-0', version: '1.31.0', ready: 2, wanted: 2, proxies: 7 }])
  expect(await sendCommand(url)).toEqual({ ok: true })
  expect(lines).toContain('smooth: ended as told')
  expect(await interrupt()).toEqual({ code: 0, left: [] })
}, 400_000)

test('Ctrl-C in the middle of a story leaves nothing behind', async () => {
  const { url, lines, interrupt } = await played('smooth')
  for await (const page of watching(url)) if (page.story?.says.startsWith('Mei presses')) break
  expect(await interrupt()).toEqual({ code: 0, left: [] })
  expect(lines.join('\n')).not.toMatch(/INTERNAL|as told/)
}, 300_000)
