import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { startDemo } from '../support/demo-process.ts'
import { withRedisOnPath } from '../support/redis-on-path.ts'
import { until } from '../support/until.ts'
import { findChromium } from './find-chromium.ts'

export const VIEW = { width: 1280, height: 800 }
/** Where frames are kept, for the README; nowhere when it is not set. */
const FRAMES = process.env['DEMO_FRAMES']

const ends: (() => unknown)[] = []

/** Closes browsers and demos of this file's test. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}

type Opened = {
  readonly page: Page
  /** When the browser was told to open it. */
  readonly openedAt: number
  /** What the browser's console has complained of, and what no code caught. */
  readonly complaints: readonly string[]
}

/** A demo of its own, and its page in a browser. */
export async function openPage(): Promise<Opened> {
  await withRedisOnPath()
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-page-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const { child, lines } = startDemo(folder, [])
  ends.push(async () => {
    child.kill('SIGTERM')
    await until(() => child.exitCode !== null, 20_000)
  })
  await until(() => lines.some((line) => line.includes('http://127.0.0.1:')), 60_000)
  const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(lines.join('\n'))?.[0] ?? ''
  const executablePath = findChromium() ?? 'chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  ends.push(() => browser.close())
  const page = await browser.newPage({ viewport: VIEW })
  // How it looked in the end, for whoever has to find out why a test failed.
  ends.push(() => frame(page, 'last'))
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const openedAt = Date.now()
  await page.goto(url)
  return { page, openedAt, complaints }
}

export async function frame(page: Page, name: string): Promise<void> {
  if (FRAMES) await page.screenshot({ path: join(FRAMES, `demo-${name}.png`) })
}

/** It lies in the window, whole: nobody has to scroll for it. */
export async function inView(what: Locator, { width, height } = VIEW): Promise<void> {
  const box = await what.boundingBox()
  if (!box) throw new Error('it is not drawn')
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(width)
  expect(box.y + box.height).toBeLessThanOrEqual(height)
}

/** The newest message with these words. */
export function newest(page: Page, words: string | RegExp): Locator {
  return page.locator('.channel > .messages > article').filter({ hasText: words }).last()
}

/** What is pressed on the card of this decision: `Approve …`, `Start …`. */
export function decisionButton(page: Page, decision: number, name: RegExp): Locator {
  return newest(page, `Approval ${decision} of 4`).getByRole('button', { name })
}

/** A part of the mesh's side, by its name. */
export function panel(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}
