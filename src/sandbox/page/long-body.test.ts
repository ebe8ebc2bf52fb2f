import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from '@jest/globals'
import { testParts } from './parts-for-tests.ts'
import { startPage } from './start-page.ts'

test('a body that is too long gets its 400, and its connection goes on', async () => {
  const parts = await testParts()
  const page = await startPage(parts)
  const { host, origin, port } = new URL(page.url)
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
  const piece = 'x'.repeat(300_000)
  const head = `Host: ${host}\r\nOrigin: ${origin}\r\n`
  const body = `Content-Type: application/json\r\nContent-Length: ${piece.length * 10}\r\n\r\n`
  socket.write(`POST /act HTTP/1.1\r\n${head}${body}`)
  for (let sent = 0; sent < 10; sent += 1) await new Promise((resolve) => socket.write(piece, resolve))
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 /)
  socket.write(`GET /nothing HTTP/1.1\r\n${head}\r\n`)
  expect(String((await once(socket, 'data', { signal: AbortSignal.timeout(3000) }))[0])).toMatch(/HTTP\/1\.1 404 /)
  socket.destroy()
  await page.close()
  await parts.slack.close()
}, 10_000)
