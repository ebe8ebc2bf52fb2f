import type { Refusal } from '../kernel/errors.ts'
import type { PhraseKey } from '../words/phrases.ts'
import { refusal } from './asker.ts'
import { parseCommand, versionOf, VERBS, type Parsed, type Verb } from './command-words.ts'
import { knownName } from './typed-name.ts'
import { dayOf } from './typed-day.ts'

export type Command = Extract<Parsed, { kind: 'command' }>
type Words = Pick<Command, 'verb' | 'to' | 'by' | 'acknowledge'>

const HAN = /\p{Script=Han}/u

/** How each command is written, for who wrote it otherwise. */
export const USAGE: Readonly<Record<Verb, PhraseKey>> = {
  upgrade: 'usageUpgrade',
  status: 'usageStatus',
  stragglers: 'usageStragglers',
  approvals: 'usageApprovals',
  report: 'usageReport',
  stop: 'usageStop',
  resume: 'usageResume',
  rollback: 'usageRollback',
  lang: 'usageLang',
  help: 'usageHelp',
}

/** What was typed, with the cluster as the settings write it, where it is one of theirs. */
export function readCommand(text: string, clusters: readonly string[]): Parsed {
  const parsed = parseCommand(text)
  if (parsed.kind === 'unknown' || parsed.cluster === undefined) return parsed
  return { ...parsed, cluster: knownName(parsed.cluster, clusters) ?? parsed.cluster }
}

/** A day or version of an upgrade that is none: DAY_WORD_INVALID or VERSION_WORD_INVALID {typed}; null where nothing is wrong with them. */
export function wrongValue({ verb, by, to }: Command, nowMs: number): Refusal | null {
  if (verb !== 'upgrade') return null
  if (by !== undefined && !dayOf(by, nowMs)) return refusal('DAY_WORD_INVALID', { typed: by })
  if (to !== undefined && !versionOf(to)) return refusal('VERSION_WORD_INVALID', { typed: to })
  return null
}

/** The first word that the command does not take; null where it takes all. */
export function extraWord({ verb, to, by, extra }: Command): string | null {
  const [first = null] = [...extra, ...(verb === 'upgrade' ? [] : [to, by].filter((word) => word !== undefined))]
  return first
}

/** The same command in full for another cluster, without the words that it does not take, in the language in which it was typed. */
export function spellOut({ verb, to, by, acknowledge }: Words, cluster: string | null, typed: string): string {
  const isHan = HAN.test(typed)
  const value = (word: string, said: string | undefined): string[] => (said === undefined ? [] : [word, said])
  return [
    VERBS[verb].find((word) => HAN.test(word) === isHan) ?? verb,
    ...(cluster === null ? [] : [cluster]),
    ...value(isHan ? '到' : 'to', to),
    ...value(isHan ? '截止' : 'by', by),
    ...value(isHan ? '知悉' : 'ack', acknowledge.length > 0 ? acknowledge.join(',') : undefined),
  ].join(' ')
}
