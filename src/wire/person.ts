import { z } from 'zod'
import { slackGroup, slackUser } from './names.ts'

/**
 * A Slack user as the bot read them at the click: id, workspace and the user groups they belong to *now*. The worker
 * decides rights from this alone, never from what a card showed.
 */
export const person = z.object({
  user: slackUser,
  team: z.string().regex(/^[TE][A-Z0-9]+$/),
  groups: z.array(slackGroup),
  name: z.string().max(200),
})
export type Person = z.infer<typeof person>
