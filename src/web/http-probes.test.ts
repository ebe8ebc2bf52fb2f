import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../kernel/clock.ts'
import type { HttpProbe, ProbeWatch } from '../ports/http-probes.ts'
import type { UrlAnswer } from './ask-url.ts'
import { newHttpProbes } from './http-probes.ts'
import { budgetSpent, emptyTally, sumOf, withAnswer, type Tally } from './probe-tally.ts'

const PROBE: HttpProbe = { name: 'shop', url: 'http://127.0.0.1:1/', everyMs: 1000, windowMs: 300_000, allowed: 3 }
const GOOD: UrlAnswer = { ms: 5, good: true, status: 200, message: 'HTTP 200' }
const BAD: UrlAnswer = { ms: 9, good: false, status: 503, message: 'HTTP 503' }
const LOST: UrlAnswer = { ms: 5000, good: false, status: null, message: 'no answer in time' }

/** One answer a second. */
function tallied(answers: readonly UrlAnswer[]): Tally {
  return answers.reduce((tally, answer, i) => withAnswer(tally, answer, i * 1000), emptyTally(PROBE))
}

describe('an error budget', () => {
  test.each([
    ['nothing failed', [GOOD, GOOD], null],
    ['as many as it allows', [BAD, LOST, BAD, GOOD], null],
    [
      'one more',
      [BAD, GOOD, BAD, LOST, GOOD, BAD],
      { failed: 4, requests: 6, allowed: 3, last: 'HTTP 503', seconds: 300 },
    ],
  ])('%s', (_, answers, facts) => {
    const spent = budgetSpent(tallied(answers), answers.length * 1000)
    expect(spent ? spent.facts : null).toEqual(facts ? { name: 'shop', ...facts } : null)
  })

  test('forgets what failed before its window', () => {
    const tally = tallied([BAD, BAD, BAD, BAD])
    expect(budgetSpent(tally, 4000)).not.toBeNull()
    expect(budgetSpent(tally, 300_001)).toBeNull()
  })

  test('the sum counts every request, and times only those that were answered', () => {
    const slow = { ...GOOD, ms: 80 }
    expect(sumOf(tallied([...Array.from({ length: 98 }, () => GOOD), slow, LOST])).facts).toEqual({
      name: 'shop',
      requests: 100,
      failed: 1,
      allowed: 3,
      p50: 5,
      p99: 80,
    })
    expect(sumOf(emptyTally(PROBE)).facts).toMatchObject({ requests: 0, p50: 0 })
  })
})

describe('a URL over real HTTP', () => {
  const ends: (() => unknown)[] = []
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })

  async function aPage(): Promise<{ readonly server: Server; readonly url: string; answer: number; asked: number }> {
    const page = { answer: 200, asked: 0 }
    const sockets = new Set<unknown>()
    const server = createServer((_, response) => {
      page.asked += 1
      response.writeHead(page.answer).end('hello')
    })
    server.on('connection', (socket) => sockets.add(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
    return Object.assign(page, { server, url, sockets })
  }

  function watched(watch: ProbeWatch): ProbeWatch {
    ends.push(() => watch.close())
    return watch
  }

  const fast = (url: string, allowed: number): HttpProbe => ({ ...PROBE, url, everyMs: 20, allowed })

  test.each([
    [200, []],
    [302, []],
    [404, [{ code: 'HTTP_PROBE_FAILING', facts: { name: 'shop', status: 404 } }]],
    [503, [{ code: 'HTTP_PROBE_FAILING', facts: { name: 'shop', status: 503 } }]],
  ])('that answers %s before anything is begun', async (status, gates) => {
    const page = await aPage()
    page.answer = status
    expect(await newHttpProbes([fast(page.url, 0)], systemClock).check()).toEqual(gates)
  })

  test('that gives no answer is unknown, and says why', async () => {
    const [gate] = await newHttpProbes([PROBE], systemClock).check()
    expect(gate).toMatchObject({
      code: 'HTTP_PROBE_SILENT',
      facts: { message: expect.stringContaining('ECONNREFUSED') },
    })
  })

  test('is asked at its pace over a connection each, and tells at once that its budget is spent', async () => {
    const page = await aPage()
    const connections: unknown[] = []
    page.server.on('connection', (socket) => connections.push(socket))
    const watch = watched(await newHttpProbes([fast(page.url, 2)], systemClock).open())
    expect(watch.sum()[0]?.facts).toMatchObject({ requests: 1, failed: 0 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(page.asked).toBeGreaterThan(4)
    expect(connections.length).toBeGreaterThanOrEqual(page.asked)
    expect(watch.breach()).toBeNull()
    page.answer = 500
    if (!watch.breached.aborted) await new Promise((resolve) => watch.breached.addEventListener('abort', resolve))
    expect(watch.breach()).toMatchObject({ code: 'HTTP_BUDGET_SPENT', facts: { failed: 3, allowed: 2 } })
  })

  test('that is left in an outage ends no phase well, although its budget allows it; one that is over does', async () => {
    const page = await aPage()
    const watch = watched(await newHttpProbes([{ ...PROBE, url: page.url, allowed: 30 }], systemClock).open())
    page.answer = 503
    expect(await watch.settled()).toEqual({ code: 'HTTP_PROBE_LEFT_BAD', facts: { name: 'shop', last: 'HTTP 503' } })
    expect(watch.breach()).toBeNull()
    setTimeout(() => (page.answer = 200), 500)
    expect(await watch.settled()).toBeNull()
  }, 20_000)

  test('is not asked any more after the end', async () => {
    const page = await aPage()
    const watch = watched(await newHttpProbes([fast(page.url, 2)], systemClock).open())
    watch.close()
    const { asked } = page
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(page.asked).toBe(asked)
  })
})
