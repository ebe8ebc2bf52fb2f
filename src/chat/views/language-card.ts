import { notification } from '../escape.ts'
import { section, type Card } from './blocks.ts'
import { put, type Look } from './look.ts'

/** In which language somebody is answered from now on, said in that language, and how to choose another. */
export function languageCard(isAuto: boolean, look: Look): Card {
  const is = put(look, 'languageIs', isAuto ? { auto: put(look, 'languageAuto') } : {})
  const how = put(look, 'languageHow', { command: look.command })
  return { text: notification(is), blocks: [section(`${is}\n${how}`)] }
}
