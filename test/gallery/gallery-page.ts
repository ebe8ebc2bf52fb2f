import { readFileSync } from 'node:fs'
import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { renderToStaticMarkup } from 'preact-render-to-string'
import { drawBlocks } from '../../src/sandbox/page/browser/blocks/draw-block.ts'
import type { Show } from '../../src/sandbox/page/browser/blocks/show.ts'
import { isObject, objectOf, objectsOf, textOf, type Json } from '../../src/sandbox/slack-server/json.ts'
import type { Locale } from '../../src/wire/names.ts'
import { isLongest } from './gallery.ts'
import type { GalleryEntry } from './gallery-entry.ts'

const STYLES = new URL('../../src/sandbox/page/browser/styles/', import.meta.url)
const PEOPLE: Readonly<Record<string, string>> = { U0LEE: 'Lee', U0MEI: 'Mei', U0SAM: 'Sam' }

/** All entries as one page that needs no network: as wide as a phone, English beside Chinese, light or dark as the reader's system. */
export function galleryPage(entries: readonly GalleryEntry[]): string {
  const shown = entries.filter((entry) => !isLongest(entry))
  const names = [...new Set(shown.map(({ surface, name }) => `${surface}: ${name}`))]
  const rows = names.map((name) =>
    drawRow(
      name,
      shown.filter((entry) => `${entry.surface}: ${entry.name}` === name),
    ),
  )
  const body = html`<main>
    <h1>Meshferry in Slack</h1>
    <p>${names.length} cards, answers and dialogs, in English and Chinese, at the width of a phone.</p>
    <nav>${names.map((name) => html`<a href=${`#${anchor(name)}`}>${name}</a>`)}</nav>
    ${rows}
  </main>`
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Meshferry in Slack</title><style>${styles()}</style>`
  return `<!doctype html><html lang="en"><head>${head}</head><body>${renderToStaticMarkup(body as VNode)}</body></html>\n`
}

function styles(): string {
  const read = (name: string): string => readFileSync(new URL(`${name}.css`, STYLES), 'utf8')
  const own = readFileSync(new URL('gallery.css', import.meta.url), 'utf8')
  return [read('tokens'), read('frame'), read('slack'), read('blocks'), own].join('\n')
}

function anchor(name: string): string {
  return name.replaceAll(/[^a-z]+/g, '-')
}

function drawRow(name: string, entries: readonly GalleryEntry[]): VNode {
  return html`<section class="entry" id=${anchor(name)}>
    <h2>${name}</h2>
    <div class="pair">${entries.map(drawEntry)}</div>
  </section>`
}

function drawEntry(entry: GalleryEntry): VNode {
  const show = showFor(entry.lang, `${entry.name}-${entry.lang}`)
  const body = 'view' in entry ? drawView(entry.view as Json, show) : drawBlocks(entry.blocks as Json[], show)
  return html`<article lang=${entry.lang === 'zh' ? 'zh-CN' : 'en'} class="phone">
    <p class="notification">${entry.text}</p>
    <div class="message-content">${body}</div>
  </article>`
}

function drawView(view: Json, show: Show): VNode {
  const words = (part: string): string => textOf(objectOf(view[part])['text'])
  return html`<div class="view">
    <h3>${words('title')}</h3>
    ${drawBlocks(objectsOf(view['blocks']), show)}
    <div class="dialog-foot">
      <button type="button" class="button button-plain">${words('close')}</button>
      ${isObject(view['submit']) && html`<button type="button" class="button button-primary">${words('submit')}</button>`}
    </div>
  </div>`
}

function showFor(lang: Locale, key: string): Show {
  const reader = lang === 'zh' ? { locale: 'zh-CN', tz: 'Asia/Shanghai' } : { locale: 'en-GB', tz: 'Europe/Berlin' }
  return {
    person: (id) => PEOPLE[id] ?? id,
    group: (id) => id,
    channel: (id) => id,
    reader,
    me: 'U0MEI',
    key,
    people: [],
    channels: [],
    press: () => {},
    form: null,
  }
}
