import { afterEach, expect, test } from '@jest/globals'
import { serveHealth, type HealthServer, type PartHealth } from './serve-health.ts'

let server: HealthServer | undefined
afterEach(async () => {
  await server?.stop()
})

const bot = (troubles: readonly string[]): PartHealth => ({
  part: 'bot',
  facts: ['slack ok'],
  troubles,
  metrics: [
    { name: 'meshferry_slack', help: 'Slack', type: 'gauge', labels: { state: 'ok' }, value: 1 },
    { name: 'meshferry_given_up_total', help: 'Given up', type: 'counter', value: 3 },
    { name: 'meshferry_slack', help: 'Slack', type: 'gauge', labels: { state: 'a "b"' }, value: 0 },
  ],
})

async function get(path: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`http://127.0.0.1:${server?.port}${path}`)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

test('says that it lives, whether it has started, and what is wrong', async () => {
  const parts: (() => Promise<PartHealth>)[] = []
  let troubles: readonly string[] = []
  server = await serveHealth(0, () => parts)
  expect((await get('/livez')).status).toBe(200)
  expect([(await get('/readyz')).status, (await get('/healthz')).status]).toEqual([503, 503])
  parts.push(() => Promise.resolve(bot(troubles)))
  expect((await get('/readyz')).status).toBe(200)
  expect(await get('/healthz')).toMatchObject({ status: 200, text: 'ok\nbot: slack ok\n' })
  troubles = ['the token is revoked']
  expect(await get('/healthz')).toMatchObject({
    status: 503,
    text: 'not ok\nbot: trouble: the token is revoked\nbot: slack ok\n',
  })
  expect([(await get('/livez')).status, (await get('/readyz')).status]).toEqual([200, 200])
  expect((await get('/secrets')).status).toBe(404)
  // No URL at all: it is answered, and the next one too.
  expect((await get('//')).status).toBe(404)
  expect((await get('/livez?x=%')).status).toBe(200)
})

test("gives numbers in Prometheus' text format, each name once", async () => {
  server = await serveHealth(0, () => [() => Promise.resolve(bot([]))])
  const { status, type, text } = await get('/metrics')
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  expect(text.split('\n')).toEqual([
    '# HELP meshferry_slack Slack',
    '# TYPE meshferry_slack gauge',
    'meshferry_slack{state="ok"} 1',
    'meshferry_slack{state="a \\"b\\""} 0',
    '# HELP meshferry_given_up_total Given up',
    '# TYPE meshferry_given_up_total counter',
    'meshferry_given_up_total 3',
    '',
  ])
})

test('a part that cannot tell is trouble, and a taken port is an error', async () => {
  server = await serveHealth(0, () => [() => Promise.reject(new Error('no answer'))])
  expect(await get('/healthz')).toMatchObject({ status: 503, text: 'trouble: Error: no answer\n' })
  await expect(serveHealth(server.port, () => [])).rejects.toThrow(/EADDRINUSE/)
})
