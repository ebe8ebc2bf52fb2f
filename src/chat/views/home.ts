import type { HomeView, SectionBlock, StaticSelect } from '@slack/types'
import type { Refusal } from '../../kernel/errors.ts'
import { ACTIONS } from '../action-ids.ts'
import { LANGUAGES, metadataOf, type Language } from '../language.ts'
import { LIMITS } from '../limits.ts'
import { waitingRow, type Waiting } from './approvals.ts'
import { actions, button, context, header, plain, section, type Block } from './blocks.ts'
import { homeRuns } from './home-runs.ts'
import { homeTeams, type HomeTeams } from './home-teams.ts'
import { put, told, type Look } from './look.ts'
import type { Known } from './status.ts'

/** What one person's App Home shows. `refused` is in the place of everything of the clusters. */
export type HomeFacts = {
  readonly at: string
  readonly language: Language
} & (
  | { readonly refused: Refusal }
  | { readonly waiting: readonly Waiting[]; readonly known: readonly Known[]; readonly teams: HomeTeams }
)

const WAITING = 8

/** App Home: what waits for somebody, their own teams' workloads, the upgrades that run, and their settings. */
export function homeView(facts: HomeFacts, look: Look): HomeView {
  const body = 'refused' in facts ? refusedBlocks(facts.refused, look) : ownBlocks(facts, look)
  const blocks = [
    header(put(look, 'homeTitle')),
    ...body,
    { type: 'divider' as const },
    section(put(look, 'homeSettings')),
    languageBlock(facts.language, look),
    context(put(look, 'homeLanguageHint')),
    context(put(look, 'homeRead', { at: facts.at })),
    ...actions('home.act', [refreshButton(look)]),
  ]
  return { type: 'home', private_metadata: metadataOf(facts.language), blocks: blocks.slice(0, LIMITS.viewBlocks) }
}

/** People of other companies and guests learn nothing of a cluster here. */
function refusedBlocks(refused: Refusal, look: Look): Block[] {
  const isOutsider = refused.code.startsWith('PERSON_') && refused.code !== 'PERSON_UNREADABLE'
  if (isOutsider) return [section(put(look, 'homeOutsider'))]
  const { what, next } = told(look, refused)
  return [section(`${what}\n${next}`.trim())]
}

type Own = Exclude<HomeFacts, { readonly refused: Refusal }>

function ownBlocks({ waiting, known, teams }: Own, look: Look): Block[] {
  const left = waiting.length - WAITING
  return [
    section(put(look, 'homeWaiting')),
    ...waiting.slice(0, WAITING).map((each) => waitingRow(each, look)),
    ...(waiting.length === 0 ? [section(put(look, 'homeNothing'))] : []),
    ...(left > 0 ? [context(put(look, 'homeMore', { n: left, command: look.command }))] : []),
    { type: 'divider' },
    section(put(look, 'homeTeams')),
    ...homeTeams(teams, look),
    { type: 'divider' },
    section(put(look, 'homeRuns')),
    ...homeRuns(known, look),
  ]
}

/** In both languages: who can't read the page must find the way out of it. */
function languageBlock(language: Language, look: Look): SectionBlock {
  const options = LANGUAGES.map((value) => ({ text: plain(nameOf(value, look), LIMITS.buttonText), value }))
  const chosen = options.find(({ value }) => value === language)
  const accessory: StaticSelect = {
    type: 'static_select',
    action_id: ACTIONS.homeLanguage,
    placeholder: plain(put(look, 'homeLanguageLabel'), LIMITS.buttonText),
    options,
    ...(chosen ? { initial_option: chosen } : {}),
  }
  return { ...section(put(look, 'homeLanguage')), accessory }
}

function nameOf(language: Language, look: Look): string {
  if (language === 'auto') return put(look, 'homeLanguageAuto')
  return language === 'en' ? 'English' : '中文'
}

function refreshButton(look: Look) {
  const label = put(look, 'homeRefreshLabel')
  return button({ action: ACTIONS.homeRefresh, text: put(look, 'buttonRefresh'), value: 'home', label })
}
