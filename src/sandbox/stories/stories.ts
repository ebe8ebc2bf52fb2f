import { injectionGap } from './injection-gap.ts'
import { installFails } from './install-fails.ts'
import { oldEra } from './old-era.ts'
import { poisonedTag } from './poisoned-tag.ts'
import { rollback } from './rollback.ts'
import { slackDown } from './slack-down.ts'
import { smooth } from './smooth.ts'
import type { Story } from './story.ts'
import { stragglers } from './stragglers.ts'
import { twoSourcesDisagree } from './two-sources-disagree.ts'
import { webhookReverted } from './webhook-reverted.ts'
import { workerKilled } from './worker-killed.ts'

/** Every story that can be played. */
export const STORIES: readonly Story[] = [
  smooth,
  installFails,
  webhookReverted,
  injectionGap,
  rollback,
  stragglers,
  twoSourcesDisagree,
  slackDown,
  workerKilled,
  oldEra,
  poisonedTag,
]
