import { get } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testParts, type TestPage } from './parts-for-tests.ts'
import { startPage, type RunningPage } from './start-page.ts'

let parts: TestPage
let page: RunningPage

beforeEach(async () => {
  parts = await testParts()
  page = await startPage(parts)
})

afterEach(async () => {
  await page.close()
  await parts.slack.close()
})

const origin = (): string => page.url.slice(0, -1)

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', origin: origin(), ...headers }
  return fetch(`${page.url}act`, { method: 'POST', headers: all, body: JSON.stringify(body) })
}

/** A request as another site could make it, with a Host or Origin of its own. */
function statusWith(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${page.url}${path}`, { headers }, (response) => {
      response.destroy()
      resolve(response.statusCode)
    }).on('error', reject)
  })
}

describe('the page itself', () => {
  test('takes nothing from elsewhere, and each module it names is there as JavaScript', async () => {
    const response = await fetch(page.url)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    const text = await response.text()
    const named = [...text.matchAll(/(?:src|href)="(\/[^"]+)"|:"(\/packages[^"]+)"/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    )
    expect(named.length).toBeGreaterThan(8)
    for (const path of named) expect((await fetch(`${origin()}${path}`)).status).toBe(200)
  })

  test('every module that a module imports is served, without types', async () => {
    const seen = new Set<string>(['/browser/main.ts'])
    for (const path of seen) {
      const body = await (await fetch(`${origin()}${path}`)).text()
      expect(body).not.toContain('import type')
      const imports = [...body.matchAll(/from '(\.[^']+)'/g)].map(
        (match) => new URL(match[1] ?? '', `${origin()}${path}`).pathname,
      )
      for (const one of imports) seen.add(one)
    }
    expect(seen.size).toBeGreaterThan(30)
    const statuses = await Promise.all([...seen].map(async (path) => (await fetch(`${origin()}${path}`)).status))
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  const hidden = [
    'start-page.ts',
    'browser/../start-page.ts',
    'browser/tsconfig.json',
    'docs/package.json',
    'browser/coach/coach.test.ts',
    '..%2f..%2fpackage.json',
  ]
  test.each(hidden)('%s is not served', async (path) => {
    expect(await statusWith(path, {})).toBe(404)
  })

  test('the way to an own Slack is served as plain text', async () => {
    const response = await fetch(`${page.url}docs/README.md`)
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('Your own Slack and cluster')
  })
})

describe('requests of others are refused', () => {
  const evil: readonly (readonly [string, string, Record<string, string>])[] = [
    ['a name that was made to lead here', '', { host: 'evil.example' }],
    ['a stream for another site', 'events', { origin: 'http://evil.example' }],
    ['a picture on another site', 'events', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['another port of this machine', 'events', { origin: 'http://127.0.0.1:1' }],
  ]
  test.each(evil)('%s', async (_, path, headers) => {
    expect(await statusWith(path, headers)).toBe(403)
  })

  test('a link from another site opens the page', async () => {
    expect(await statusWith('', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200)
  })

  test('an act from another site, without an Origin, or as a form', async () => {
    const body = { as: 'U0LEE', act: { kind: 'say', channel: 'C0PROD', text: 'x' } }
    expect((await post(body, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(403)
    const without = await fetch(`${page.url}act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(without.status).toBe(403)
    expect(parts.slack.messages('C0PROD')).toEqual([])
  })
})
