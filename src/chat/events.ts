import { z } from 'zod'
import type { Desk } from './asker.ts'

type Handler = (desk: Desk, event: unknown) => Promise<void>

const opened = z.object({
  user: z.string(),
  tab: z.string().default('home'),
  view: z.object({ hash: z.string().default(''), private_metadata: z.string().default('') }).optional(),
})
const ofGroup = z.object({ subteam_id: z.string() })
const ofTokens = z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) })

/** Every event that the app is subscribed to has its handler here: the manifest is made from this table. */
export const EVENTS: Readonly<Record<string, Handler>> = {
  app_home_opened: async ({ home }, event) => {
    const { user, tab, view } = opened.parse(event)
    if (tab === 'home') await home.opened(user, view ? { hash: view.hash, metadata: view.private_metadata } : null)
  },
  // A changed group counts at the next click.
  subteam_members_changed: async (desk, event) => desk.chat.people.forgetGroup(ofGroup.parse(event).subteam_id),
  app_uninstalled: async ({ chat }) => chat.health.revoked('app_uninstalled'),
  // People's own tokens may be revoked alone; the next call tells whether ours is.
  tokens_revoked: async ({ chat }, event) => {
    if (ofTokens.parse(event).tokens.bot.includes(chat.own.botUser)) chat.health.revoked('tokens_revoked')
  },
}
