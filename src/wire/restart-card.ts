import { z } from 'zod'
import { coded } from './facts.ts'
import { clusterName, isoTime, requestId, runId, slackUser } from './names.ts'
import { controlPlane } from './plan.ts'
import { RESTART_STATES, rolloutCounts, workloadRef } from './restarts.ts'

/** One restart that somebody of a team clicked, in the team's channel; edited until it has ended. Part of card-facts.ts. */
export const restartFacts = z.object({
  card: z.literal('restart'),
  /** Absent in cards of earlier versions, whose time can't be taken back by a click. */
  id: requestId.optional(),
  cluster: clusterName,
  run: runId,
  from: z.array(controlPlane),
  to: controlPlane,
  team: z.string(),
  workload: workloadRef,
  by: slackUser,
  at: isoTime,
  /** Where somebody picked a time. */
  due: isoTime.optional(),
  state: z.enum(RESTART_STATES),
  counts: rolloutCounts.optional(),
  because: coded.optional(),
  endedAt: isoTime.optional(),
})
export type RestartFacts = z.infer<typeof restartFacts>
