import { z } from 'zod'
import type { Desk } from './asker.ts'

type Handler = (desk: Desk, event: unknown) => Promise<void>

const opened = z.object({
  user: z.string(),
  tab: z.string().default('home'),
  view: z.object({ hash: z.string().default(''), private_metadata: z.string().default('') }).optional(),
})
const ofGroup = z.object({ subteam_id: z.string() })

/** Every event that the app is subscribed to has its handler here: the manifest is made from this table. */
export const EVENTS: Readonly<Record<string, Handler>> = {
  app_home_opened: async ({ home }, event) => {
    const { user, tab, view } = opened.parse(event)
    if (tab === 'home') await home.opened(user, view ? { hash: view.hash, metadata: view.private_metadata } : null)
  },
  // A changed group counts at the next click.
  subteam_members_changed: async (desk, event) => desk.chat.people.forgetGroup(ofGroup.parse(event).subteam_id),
  app_uninstalled: async (desk) => desk.chat.log.error('the app was taken out of this workspace: nobody can be asked'),
  tokens_revoked: async (desk) => desk.chat.log.error("the bot's token was revoked: nobody can be asked"),
}
