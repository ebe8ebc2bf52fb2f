import { afterEach, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { focusOf, goTo } from './keyboard.ts'
import { decisionButton, endAll, frame, inView, newest, openPage, panel } from './open-page.ts'

afterEach(endAll)

const APPROVE = /^Approve /
const START = /^Start /
/** Much is asked of two cores: nothing here measures time. */
const SOON = { timeout: 150_000 }

test('the whole story by keyboard alone: asked for, installed, switched, moved, retired', async () => {
  const { page, complaints } = await openPage()
  await panel(page, 'Next step').getByRole('button', { name: 'Send it' }).waitFor(SOON)
  await asks(page)
  await isRefusedAndContinuesAsMei(page)
  await approves(page, 'Enter')
  await decisionButton(page, 2, APPROVE).waitFor(SOON)
  expect(await panel(page, 'New pods get').innerText()).not.toContain('1.31.0')
  expect(await panel(page, 'Control planes').innerText()).toContain('1.31.0')
  await approves(page, 'Space')
  await panel(page, 'Next step').getByText('Switched and proven').waitFor(SOON)
  expect(await panel(page, 'New pods get').innerText()).not.toContain('1.30.0')
  await skips(page)
  await rehearses(page)
  await retires(page)

  await panel(page, 'Next step').getByText('Done: no pod runs 1.30.0 any more').waitFor(SOON)
  expect(await panel(page, 'Restarts').innerText()).toMatch(/^0\s+restarted by us/)
  expect(await panel(page, 'Control planes').innerText()).not.toContain('1.30.0')
  expect(await panel(page, 'Requests').innerText()).toContain('no errors at all')
  await newest(page, '🏁').waitFor(SOON)
  await frame(page, 'done')
  expect(complaints).toEqual([])
}, 900_000)

/** Types the command with what the box offers for it. Every stop of the page is passed on the way, and can be seen. */
async function asks(page: Page): Promise<void> {
  await goTo(page, /^Send it$/)
  await goTo(page, /^Message #mesh-prod/)
  await goTo(page, /^Skip to the next decision$/)
  await goTo(page, /^To the box to write in$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  expect(await focusOf(page)).toMatchObject({ name: 'Message #mesh-prod', isRinged: true })
  await page.keyboard.press('Control+A')
  await page.keyboard.type('/istio')
  const hints = page.getByRole('listbox', { name: 'Commands' })
  await hints.waitFor()
  const picked = hints.getByRole('option', { selected: true })
  await page.keyboard.press('ArrowDown')
  expect(await picked.innerText()).toContain('upgrade prod-a to 1.31.0')
  await page.keyboard.press('ArrowDown')
  expect(await picked.innerText()).toContain('status prod-a')
  await page.keyboard.press('Escape')
  await hints.waitFor({ state: 'hidden' })
  await page.keyboard.type(' ')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await frame(page, 'hints')
  await page.keyboard.press('Enter')
  expect(await page.locator('.composer input').inputValue()).toBe('/istio upgrade prod-a to 1.31.0')
  await page.keyboard.press('Enter')
  await decisionButton(page, 1, APPROVE).waitFor(SOON)
}

/** The focus is kept in the question, comes back with Escape, and the answer says who could go on. */
async function isRefusedAndContinuesAsMei(page: Page): Promise<void> {
  await goTo(page, APPROVE, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await staysInDialog(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect((await focusOf(page)).name).toMatch(APPROVE)
  await page.keyboard.press('Enter')
  await confirms(page)
  const offer = page
    .getByRole('group', { name: 'Go on as somebody else' })
    .getByRole('button', { name: /Continue as .*Mei/ })
  await offer.waitFor(SOON)
  await frame(page, 'refused')
  await toTheBox(page)
  await goTo(page, /^Continue as .*Mei$/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Mei, approves/, pressed: true }).waitFor()
  expect((await focusOf(page)).isNowhere).toBe(false)
}

async function staysInDialog(page: Page): Promise<void> {
  for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab']) {
    await page.keyboard.press(key)
    const stop = await focusOf(page)
    // A browser's own controls come between the last stop and the first.
    if (!stop.isNowhere) expect(stop).toMatchObject({ isInDialog: true, isRinged: true })
  }
}

/** The newest message's buttons are just before it. */
async function toTheBox(page: Page): Promise<void> {
  await goTo(page, /^Message #mesh-prod$/)
}

async function confirms(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await goTo(page, /^(Approve|Start|批准|开始)$/)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
}

async function approves(page: Page, key: 'Enter' | 'Space'): Promise<void> {
  await toTheBox(page)
  await goTo(page, APPROVE, 'Shift+Tab')
  await inView(newest(page, /Approval \d of 4/).getByRole('button', { name: APPROVE }))
  await page.keyboard.press(key)
  await confirms(page)
  expect((await focusOf(page)).isNowhere).toBe(false)
}

/** Days pass until somebody has to decide; every pod has moved by then, and nobody was restarted by us. */
async function skips(page: Page): Promise<void> {
  await goTo(page, /^Skip to the next decision$/)
  await page.keyboard.press('Space')
  await panel(page, 'Next step').getByText('Time runs').waitFor(SOON)
  await panel(page, 'Next step').getByRole('button', { name: 'Send the reminders' }).waitFor(SOON)
  await frame(page, 'reminders')
  await goTo(page, /^Send the reminders$/)
  await page.keyboard.press('Enter')
  await newest(page, 'the reminders leave').waitFor(SOON)
  await goTo(page, /^Skip to the next decision$/)
  await page.keyboard.press('Space')
  await decisionButton(page, 3, APPROVE).waitFor({ timeout: 400_000 })
  const pods = await panel(page, 'Pods by sidecar').getByRole('img').getAttribute('aria-label')
  expect(pods).toMatch(/1\.31\.0: 1,\d{3}, 1\.30\.0: 0\b/)
  expect(await panel(page, 'Restarts').innerText()).toMatch(
    /^0\s+restarted by us\s+[1-9][\d,]+ pods replaced by rollouts/,
  )
  await frame(page, 'moved')
}

async function rehearses(page: Page): Promise<void> {
  await approves(page, 'Enter')
  await starts(page)
  await approvedButton(page).waitFor({ state: 'hidden', ...SOON })
  await goTo(page, /^Skip to the next decision$/)
  await page.keyboard.press('Space')
  await decisionButton(page, 4, APPROVE).waitFor(SOON)
}

/** An approved card no longer counts decisions. */
function approvedButton(page: Page): Locator {
  return newest(page, 'waiting for Start').getByRole('button', { name: START })
}

async function starts(page: Page): Promise<void> {
  await approvedButton(page).waitFor(SOON)
  await toTheBox(page)
  await goTo(page, START, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await confirms(page)
}

/** Two people type the cluster's name; a wrong one is refused at its field, and counts for nothing. */
async function retires(page: Page): Promise<void> {
  await toTheBox(page)
  await goTo(page, APPROVE, 'Shift+Tab')
  await opensForm(page, page.getByRole('dialog'))
  expect(await focusOf(page)).toMatchObject({ isInDialog: true, isRinged: true })
  await staysInDialog(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect((await focusOf(page)).name).toMatch(APPROVE)
  await isRefusedAtTheField(page, 'prod-b')
  await approvesByName(page)
  await goTo(page, /^Sam, approves/, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Sam, approves/, pressed: true }).waitFor()
  await decisionButton(page, 4, APPROVE).waitFor(SOON)
  await approvesByName(page)
  await starts(page)
}

/** The form stays open and says it where it was typed. */
async function isRefusedAtTheField(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await opensForm(page, dialog)
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await dialog.getByText('请输入：prod-a').waitFor(SOON)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

async function approvesByName(page: Page): Promise<void> {
  await toTheBox(page)
  await goTo(page, APPROVE, 'Shift+Tab')
  await types(page, 'prod-a')
}

async function types(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await opensForm(page, dialog)
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden', ...SOON })
}

/** Slack lets a bot open a form for three seconds after the click only. On a slow machine it may be late: people then press again. */
async function opensForm(page: Page, dialog: Locator): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    await page.keyboard.press('Enter')
    const opened = await dialog.waitFor({ timeout: 20_000 }).then(
      () => true,
      () => false,
    )
    if (opened) return
    await toTheBox(page)
    await goTo(page, APPROVE, 'Shift+Tab')
  }
  throw new Error(
    `no form opened; the channel says: ${(await page.locator('.channel > .messages').innerText()).slice(-600)}`,
  )
}
