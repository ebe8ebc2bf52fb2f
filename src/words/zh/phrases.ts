import type { Phrases } from '../en/phrases.ts'
import { approvalPhrasesZh } from './approval-phrases.ts'
import { answerPhrasesZh } from './answer-phrases.ts'
import { callPhrasesZh } from './call-phrases.ts'
import { homePhrasesZh } from './home-phrases.ts'
import { commandPhrasesZh } from './command-phrases.ts'
import { curvePhrasesZh } from './curve-phrases.ts'
import { endPhrasesZh } from './end-phrases.ts'
import { decidingPhrasesZh } from './deciding-phrases.ts'
import { keeperPhrasesZh } from './keeper-phrases.ts'
import { nudgePhrasesZh } from './nudge-phrases.ts'
import { reportPhrasesZh } from './report-phrases.ts'
import { sidecarPhrasesZh } from './sidecar-phrases.ts'
import { restartPhrasesZh } from './restart-phrases.ts'
import { runPhrasesZh } from './run-phrases.ts'
import { upgradePhrasesZh } from './upgrade-phrases.ts'
import { workloadPhrasesZh } from './workload-phrases.ts'

export const phrasesZh: Phrases = {
  ...approvalPhrasesZh,
  ...restartPhrasesZh,
  ...runPhrasesZh,
  ...sidecarPhrasesZh,
  ...answerPhrasesZh,
  ...reportPhrasesZh,
  ...homePhrasesZh,
  ...callPhrasesZh,
  ...commandPhrasesZh,
  ...endPhrasesZh,
  ...curvePhrasesZh,
  ...decidingPhrasesZh,
  ...nudgePhrasesZh,
  ...keeperPhrasesZh,
  ...upgradePhrasesZh,
  ...workloadPhrasesZh,
}
