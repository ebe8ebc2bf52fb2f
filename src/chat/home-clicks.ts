import type { Desk } from './asker.ts'
import type { Click } from './click.ts'
import { languageOf, type Language } from './language.ts'

/** A language chosen in App Home: the page itself is the answer. */
export async function onLanguageChosen(desk: Desk, click: Click): Promise<void> {
  const chosen = languageOf(click.value)
  if (chosen) await desk.chat.languages.choose(click.user, chosen)
  await desk.home.publish(click.user, click.view?.hash)
}

/** The choice, and the person's App Home, which keeps it where Redis may lose it. */
export async function chooseLanguage(desk: Desk, user: string, language: Language): Promise<void> {
  await desk.chat.languages.choose(user, language)
  await desk.home.publish(user)
}
