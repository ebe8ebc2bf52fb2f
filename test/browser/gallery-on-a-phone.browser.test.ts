import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { galleryPage } from '../gallery/gallery-page.ts'
import { gallery } from '../gallery/gallery.ts'
import { findChromium } from './find-chromium.ts'

/** A small phone, and what the app of Slack needs of it around a message: its head, the name of who posts, the field to write in. */
const PHONE = { width: 360, height: 740 }
const AROUND_PX = 190

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] })
  page = await browser.newPage({ viewport: PHONE })
  await page.setContent(galleryPage(gallery()))
})

afterAll(() => browser.close())

type Drawn = { readonly name: string; readonly lang: string; readonly bottom: number; readonly buttons: number }

/** Each card of this name: how far below its top the buttons that decide end (px), and how many there are. */
function cardsOf(id: string): Promise<readonly Drawn[]> {
  return page.evaluate((start) => {
    const all = [...document.querySelectorAll(`section[id^="${start}"] article`)]
    return all.map((article) => {
      const { top } = article.getBoundingClientRect()
      const decide = [...article.querySelectorAll('.button-primary, .button-danger')]
      return {
        name: article.closest('section')?.id ?? '',
        lang: article.getAttribute('lang') ?? '',
        bottom: Math.max(0, ...decide.map((button) => button.getBoundingClientRect().bottom - top)),
        buttons: decide.length,
      }
    })
  }, id)
}

test.each(['install', 'switch', 'rehearse', 'retire'])(
  'whoever approves %s sees the verdict and both buttons without scrolling, in both languages',
  async (phase) => {
    const cards = [
      ...(await cardsOf(`message-approval-${phase}-pending`)),
      ...(await cardsOf(`message-approval-${phase}-approved`)),
    ]
    expect(new Set(cards.map(({ lang }) => lang))).toEqual(new Set(['en', 'zh-CN']))
    expect(cards.length).toBeGreaterThanOrEqual(4)
    for (const { buttons } of cards) expect(buttons).toBe(2)
    for (const { name, bottom } of cards) expect([name, bottom <= PHONE.height - AROUND_PX]).toEqual([name, true])
  },
)

test('nothing is wider than the phone', async () => {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('article')].flatMap((article) => {
      const right = article.getBoundingClientRect().right
      const over = [...article.querySelectorAll('p, button, h3, li, label')].filter(
        (one) => one.getBoundingClientRect().right > right + 1 && !one.closest('pre, table, figure, details'),
      )
      return over.map((one) => `${article.closest('section')?.id ?? ''}: ${(one.textContent ?? '').slice(0, 40)}`)
    }),
  )
  expect(wide).toEqual([])
})
