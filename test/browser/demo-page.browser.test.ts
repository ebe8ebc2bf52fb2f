import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { startDemo } from '../support/demo-process.ts'
import { withRedisOnPath } from '../support/redis-on-path.ts'
import { until } from '../support/until.ts'
import { findChromium } from './find-chromium.ts'

const VIEW = { width: 1280, height: 800 }
/** Where frames are kept, for the README; nowhere when it is not set. */
const FRAMES = process.env['DEMO_FRAMES']

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** The page, and when the browser was told to open it. */
async function openPage(): Promise<{ readonly page: Page; readonly openedAt: number }> {
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
  page.on('pageerror', (error) => {
    throw error
  })
  const openedAt = Date.now()
  await page.goto(url)
  return { page, openedAt }
}

async function frame(page: Page, name: string): Promise<void> {
  if (FRAMES) await page.screenshot({ path: join(FRAMES, `demo-${name}.png`) })
}

/** It lies in the window, whole: nobody has to scroll for it. */
async function inView(what: Locator): Promise<void> {
  const box = await what.first().boundingBox()
  if (!box) throw new Error('it is not drawn')
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(VIEW.width)
  expect(box.y + box.height).toBeLessThanOrEqual(VIEW.height)
}

test('a newcomer comes to a proven switch by what the page proposes: four clicks, sixty seconds', async () => {
  const { page, openedAt } = await openPage()
  const coach = page.getByRole('region', { name: 'Next step' })
  const press = async (label: string): Promise<void> => {
    await coach.getByRole('button', { name: label }).click({ timeout: 40_000 })
  }
  await coach.getByRole('button', { name: 'Send it' }).waitFor()
  await frame(page, 'start')
  await press('Send it')
  await press('Continue as')
  await coach.getByRole('button', { name: 'Approve it' }).waitFor()
  await frame(page, 'card')
  await press('Approve it')
  await coach.getByText('at work').waitFor({ timeout: 20_000 })
  await press('Approve it')
  await coach.getByText('Switched and proven').waitFor({ timeout: 40_000 })
  const tookMs = Date.now() - openedAt
  await frame(page, 'switched')

  expect(tookMs).toBeLessThan(60_000)
  const mesh = ['Restarts', 'New pods get', 'Pods by sidecar', 'Requests', 'Control planes', 'Clock', 'Make trouble']
  for (const name of mesh) await inView(page.getByRole('region', { name, exact: true }))
  await inView(page.locator('.composer input'))
  await inView(coach)
  expect(await page.getByText('1.31.0', { exact: true }).count()).toBeGreaterThan(1)
}, 150_000)

test('the whole page fits a phone, and is dark where its reader wants that', async () => {
  const { page } = await openPage()
  await page.getByRole('button', { name: 'Send it' }).waitFor()
  const light = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).not.toBe(light)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await frame(page, 'phone')
}, 100_000)
