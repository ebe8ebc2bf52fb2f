import { z } from 'zod'
import { daysUntil } from '../kernel/zone.ts'
import { istioVersion } from '../wire/names.ts'
import type { PhraseKey } from '../words/phrases.ts'
import { ACTIONS, DRAFT_INPUT } from './action-ids.ts'
import type { Asker, Desk } from './asker.ts'
import { draftFrom, type UpgradeDraft } from './upgrade-draft.ts'
import { BY_BLOCK, CLUSTER_BLOCK, versionBlock } from './views/upgrade-modal.ts'
import { withinTime } from './within-time.ts'

const field = z.object({
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_date: z.iso.date().nullish(),
})
const submission = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), field)) }),
  }),
})

type Chosen = {
  readonly user: string
  readonly draft: UpgradeDraft
  readonly cluster: string
  readonly to: string
  readonly by: string | null
}
type Missing = { readonly user: string; readonly block: string; readonly says: PhraseKey }

/** What was chosen, or which field says what is missing; null for a payload that is none of ours. */
export function upgradeChosen(body: unknown, clusters: readonly string[], nowMs: number): Chosen | Missing | null {
  const { data } = submission.safeParse(body)
  const draft = data ? draftFrom(data.view.private_metadata) : null
  if (!data || !draft) return null
  const user = data.user.id
  const picked = (block: string, action: string): string =>
    data.view.state.values[block]?.[action]?.selected_option?.value ?? ''
  const cluster = picked(CLUSTER_BLOCK, ACTIONS.upgradeCluster)
  if (!clusters.includes(cluster)) return { user, block: CLUSTER_BLOCK, says: 'upgradeNeedsCluster' }
  const block = versionBlock(cluster)
  const to = istioVersion.safeParse(picked(block, ACTIONS.upgradeVersion))
  const by = dayIn(data.view.state.values)
  if (by !== null && isOver(by, nowMs)) return { user, block: BY_BLOCK, says: 'upgradeByOver' }
  if (to.success) return { user, draft, cluster, to: to.data, by }
  if (block in data.view.state.values) return { user, block, says: 'upgradeNeedsVersion' }
  // Its versions are not drawn yet, or it has none: errors can only stand at a field that is there.
  return { user, block: CLUSTER_BLOCK, says: 'upgradeNotYet' }
}

function dayIn(values: z.infer<typeof submission>['view']['state']['values']): string | null {
  return values[BY_BLOCK]?.[DRAFT_INPUT]?.selected_date ?? null
}

/** Over wherever the cluster may be: the worker, which knows its zone, looks more closely. */
function isOver(day: string, nowMs: number): boolean {
  return daysUntil(nowMs, day, 'Etc/GMT+12') < 0
}

/** Asks for the upgrade as the typed command does, and is answered where that was typed; by a direct message where that is lost. */
export async function onUpgradeSubmitted(desk: Desk, { user, draft, cluster, to, by }: Chosen): Promise<void> {
  const { memory, times } = desk.chat
  const reply = await withinTime(memory.reply(draft.id), times.memory).catch(() => null)
  const asker: Asker = { user, channel: draft.channel, responseUrl: reply?.user === user ? reply.url : '' }
  const acknowledge = draft.acknowledge.length > 0 ? { acknowledge: draft.acknowledge } : {}
  await desk.ask(asker, cluster, { kind: 'upgrade', to, ...(by ? { by } : {}), ...acknowledge }, draft.id)
}
