import type { BotMemory } from '../ports/read-model.ts'
import { locale, type Locale } from '../wire/names.ts'
import { withinTime } from './within-time.ts'

/** What somebody chose: a language, or that of their Slack. */
export const LANGUAGES = ['auto', 'en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** An answer must not wait for Redis to say in which language. */
const WAIT_MS = 300

/** Own choices of languages, kept in Redis; a person's App Home carries the choice too, and gives it back after a flush. */
export type Languages = {
  /** `auto` where nothing was chosen, and while Redis doesn't say and this bot never heard. */
  readonly of: (user: string) => Promise<Language>
  /** The same of what this bot has heard already, without a wait. */
  readonly atHand: (user: string) => Language
  readonly choose: (user: string, language: Language) => Promise<void>
  /** What a person's App Home carries, where Redis knows of no choice. */
  readonly giveBack: (user: string, metadata: string) => Promise<void>
}

export function languages(memory: Pick<BotMemory, 'chosen' | 'choose'>): Languages {
  const heard = new Map<string, Language>()
  const read = async (user: string): Promise<Language | null> => {
    const said = await withinTime(memory.chosen(user), WAIT_MS)
    const chosen = languageOf(said ?? '')
    if (chosen) heard.set(user, chosen)
    return chosen
  }
  const choose = async (user: string, language: Language): Promise<void> => {
    heard.set(user, language)
    await memory.choose(user, language)
  }
  return {
    of: async (user) => (await read(user).catch(() => null)) ?? heard.get(user) ?? 'auto',
    atHand: (user) => heard.get(user) ?? 'auto',
    choose,
    giveBack: async (user, metadata) => {
      const carried = metadataLanguage(metadata)
      if (carried && (await memory.chosen(user)) === null) await choose(user, carried)
    },
  }
}

/** What App Home carries of a choice: nobody but the app can set it. */
export function metadataOf(language: Language): string {
  return `language=${language}`
}

function metadataLanguage(metadata: string): Language | null {
  return metadata.startsWith('language=') ? languageOf(metadata.slice('language='.length)) : null
}

const WORDS: Readonly<Record<string, Language>> = {
  english: 'en',
  英文: 'en',
  英语: 'en',
  chinese: 'zh',
  中文: 'zh',
  自动: 'auto',
}

/** The language that a word names, or null. */
export function languageOf(word: string): Language | null {
  const low = word.trim().toLowerCase()
  return LANGUAGES.find((each) => each === low) ?? WORDS[low] ?? null
}

/** The language of a Slack locale such as `zh-CN`, where it is one that we speak. */
export function spoken(slackLocale: string | undefined, otherwise: Locale): Locale {
  const { data } = locale.safeParse(slackLocale?.slice(0, 2))
  return data ?? otherwise
}
