import { approvalPhrasesEn } from './approval-phrases.ts'
import { answerPhrasesEn } from './answer-phrases.ts'
import { callPhrasesEn } from './call-phrases.ts'
import { homePhrasesEn } from './home-phrases.ts'
import { commandPhrasesEn } from './command-phrases.ts'
import { curvePhrasesEn } from './curve-phrases.ts'
import { endPhrasesEn } from './end-phrases.ts'
import { decidingPhrasesEn } from './deciding-phrases.ts'
import { keeperPhrasesEn } from './keeper-phrases.ts'
import { nudgePhrasesEn } from './nudge-phrases.ts'
import { reportPhrasesEn } from './report-phrases.ts'
import { sidecarPhrasesEn } from './sidecar-phrases.ts'
import { restartPhrasesEn } from './restart-phrases.ts'
import { runPhrasesEn } from './run-phrases.ts'
import { upgradePhrasesEn } from './upgrade-phrases.ts'
import { workloadPhrasesEn } from './workload-phrases.ts'

export const phrasesEn = {
  ...approvalPhrasesEn,
  ...restartPhrasesEn,
  ...runPhrasesEn,
  ...sidecarPhrasesEn,
  ...answerPhrasesEn,
  ...reportPhrasesEn,
  ...homePhrasesEn,
  ...callPhrasesEn,
  ...commandPhrasesEn,
  ...endPhrasesEn,
  ...curvePhrasesEn,
  ...decidingPhrasesEn,
  ...nudgePhrasesEn,
  ...keeperPhrasesEn,
  ...upgradePhrasesEn,
  ...workloadPhrasesEn,
}
export type PhraseKey = keyof typeof phrasesEn

/** Every language has every phrase: one that is missing doesn't compile. */
export type Phrases = Readonly<Record<PhraseKey, string>>
