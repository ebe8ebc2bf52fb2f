import { afterEach, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { faintWords } from './contrast.ts'
import { decisionButton, endAll, frame, inView, newest, openPage, panel, VIEW } from './open-page.ts'

const APPROVE = /^Approve /
const PHONE = { width: 390, height: 844 }

afterEach(endAll)

const coachOf = (page: Page) => panel(page, 'Next step')

/** What the guide proposes, by the mouse. */
async function press(page: Page, label: string): Promise<void> {
  await coachOf(page).getByRole('button', { name: label }).click({ timeout: 40_000 })
}

async function be(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('group', { name: 'Who you are' }).getByRole('button', { name }).click()
}

test('a newcomer comes to a proven switch by what the page proposes: four clicks, sixty seconds', async () => {
  const { page, openedAt, complaints } = await openPage()
  const coach = coachOf(page)
  await coach.getByRole('button', { name: 'Send it' }).waitFor()
  await frame(page, 'start')
  await press(page, 'Send it')
  await press(page, 'Continue as')
  await coach.getByRole('button', { name: 'Approve it' }).waitFor()
  await inView(decisionButton(page, 1, APPROVE))
  await frame(page, 'card')
  await press(page, 'Approve it')
  await coach.getByText('at work').waitFor({ timeout: 20_000 })
  await decisionButton(page, 2, APPROVE).waitFor({ timeout: 40_000 })
  await inView(decisionButton(page, 2, APPROVE))
  await press(page, 'Approve it')
  await coach.getByText('Switched and proven').waitFor({ timeout: 40_000 })
  const tookMs = Date.now() - openedAt
  await frame(page, 'switched')

  expect(tookMs).toBeLessThan(60_000)
  const mesh = ['Restarts', 'New pods get', 'Pods by sidecar', 'Requests', 'Control planes', 'Clock', 'Make trouble']
  for (const name of mesh) await inView(panel(page, name))
  await inView(page.locator('.composer input'))
  await inView(coach)
  expect(await panel(page, 'New pods get').innerText()).toMatch(
    /enabled[\s\S]*1\.31\.0[\s\S]*prod-stable[\s\S]*1\.31\.0/,
  )
  expect(await panel(page, 'Control planes').innerText()).toMatch(/1\.30\.0[\s\S]*1\.31\.0/)
  expect(await panel(page, 'Restarts').innerText()).toMatch(/^0\s+restarted by us/)

  await troubleIsHarmless(page)
  await theAppTeamReadsChinese(page)
  await itIsLegible(page)
  expect(complaints).toEqual([])
}, 240_000)

/** It is pressed, it is over, and it says what was lost. */
async function troubleIsHarmless(page: Page): Promise<void> {
  const button = panel(page, 'Make trouble').getByRole('button', { name: 'Redis flushed' })
  await button.click()
  await button.getByText('over, lost: nothing').waitFor({ timeout: 20_000 })
  await frame(page, 'trouble')
}

async function theAppTeamReadsChinese(page: Page): Promise<void> {
  await be(page, /app team payments/)
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: 'team-payments' }).click()
  await page.locator('.composer input').fill('/istio status prod-a')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  const answer = newest(page, '1.31.0')
  await answer.waitFor({ timeout: 20_000 })
  expect(await answer.getAttribute('lang')).toBe('zh')
  expect(await answer.innerText()).toMatch(/新建 Pod 使用/)
  await frame(page, 'chinese')
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: 'mesh-prod' }).click()
}

/** Light and dark, in a wide window and on a phone. */
async function itIsLegible(page: Page): Promise<void> {
  const paper = (): Promise<string> => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await paper()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(VIEW)
    await page.waitForTimeout(300)
    expect(await faintWords(page)).toEqual([])
    await frame(page, colorScheme)
    await page.setViewportSize(PHONE)
    await fitsThePhone(page)
    await frame(page, `phone-${colorScheme}`)
  }
  expect(await paper()).not.toBe(light)
}

async function fitsThePhone(page: Page): Promise<void> {
  const tab = (name: string) => page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name })
  const width = (): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth')
  expect(await width()).toBeLessThanOrEqual(PHONE.width)
  await inView(page.locator('.composer input'), PHONE)
  await inView(coachOf(page).getByRole('button').first(), PHONE)
  const card = newest(page, 'Roll back')
    .getByRole('button', { name: /^Show the status/ })
    .last()
  await card.scrollIntoViewIfNeeded()
  await inView(card, PHONE)
  await tab('Mesh').click()
  await panel(page, 'Make trouble').scrollIntoViewIfNeeded()
  expect(await width()).toBeLessThanOrEqual(PHONE.width)
  await panel(page, 'Restarts').scrollIntoViewIfNeeded()
  await inView(panel(page, 'Restarts'), PHONE)
  expect(await faintWords(page)).toEqual([])
  await tab('Slack').click()
}
