import { describe, expect, test } from '@jest/globals'
import type { Block } from '../../src/chat/views/blocks.ts'
import { validateMessage } from '../../src/sandbox/slack-server/validate-message.ts'
import { validateView } from '../../src/sandbox/slack-server/validate-view.ts'
import { troublesOf, viewTroublesOf } from '../support/card-limits.ts'
import { gallery } from './gallery.ts'
import type { GalleryEntry } from './gallery-entry.ts'

const ENTRIES = gallery().map((entry) => ({ ...entry, title: `${entry.surface}: ${entry.name}, ${entry.lang}` }))

/** By our own rules and by those of the local Slack, which knows nothing of ours. */
function troublesIn(entry: GalleryEntry): readonly unknown[] {
  const refused = (answer: object | null): object[] => (answer ? [answer] : [])
  if ('view' in entry) {
    const { blocks } = entry.view as { readonly blocks: Block[] }
    return [...viewTroublesOf(blocks), ...refused(validateView(entry.view))]
  }
  const message = { text: entry.text, blocks: entry.blocks as Block[] }
  const door = entry.surface === 'ephemeral' ? 'response_url' : 'chat.postMessage'
  return [...troublesOf(message), ...refused(validateMessage({ ...message, channel: 'C0PROD' }, door))]
}

describe('everything that Meshferry shows in Slack', () => {
  test.each(ENTRIES)('$title keeps Slack’s limits', (entry) => {
    expect(troublesIn(entry)).toEqual([])
  })

  test.each(ENTRIES)('$title has words for notifications and screen readers', ({ text }) => {
    expect(text.trim()).not.toBe('')
    expect(text).not.toMatch(/\[\[|\]\]|\{\w+\}/)
  })

  // A fact that is missing where a sentence wants it is drawn as a question mark.
  test.each(ENTRIES)('$title has no hole', ({ title: _title, name: _name, ...entry }) => {
    const holes = /[(（]\?[)）]|(?<=\s)\?(?=[\s.,:;，。：])|(?<=\p{Script=Han})\?(?=\p{Script=Han})/gu
    expect(JSON.stringify(entry).match(holes)).toBeNull()
  })

  test('has each entry in both languages, in words of its own', () => {
    const of = (lang: string): Map<string, string> =>
      new Map(ENTRIES.filter((each) => each.lang === lang).map((each) => [`${each.surface} ${each.name}`, each.text]))
    const [en, zh] = [of('en'), of('zh')]
    expect([...zh.keys()]).toEqual([...en.keys()])
    expect([...en].filter(([name, text]) => zh.get(name) === text).map(([name]) => name)).toEqual([])
    for (const text of zh.values()) expect(text).toMatch(/\p{Script=Han}/u)
  })
})
