import { clusterName, runId } from './names.ts'
import { controlPlane } from './plan.ts'
import { z } from 'zod'

/** What every card of an upgrade names. */
export const about = {
  cluster: clusterName,
  run: runId,
  from: z.array(controlPlane),
  to: controlPlane,
}
