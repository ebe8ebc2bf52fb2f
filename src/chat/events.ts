import { z } from 'zod'
import type { Desk } from './asker.ts'

type Handler = (desk: Desk, event: unknown) => Promise<void>

const ofGroup = z.object({ subteam_id: z.string() })

/** Every event that the app is subscribed to has its handler here: the manifest is made from this table. */
export const EVENTS: Readonly<Record<string, Handler>> = {
  // A changed group counts at the next click.
  subteam_members_changed: async (desk, event) => desk.chat.people.forgetGroup(ofGroup.parse(event).subteam_id),
  app_uninstalled: async (desk) => desk.chat.log.error('the app was taken out of this workspace: nobody can be asked'),
  tokens_revoked: async (desk) => desk.chat.log.error("the bot's token was revoked: nobody can be asked"),
}
