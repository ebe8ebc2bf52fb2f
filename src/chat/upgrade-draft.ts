import { z } from 'zod'
import { clusterName, istioVersion, requestId } from '../wire/names.ts'
import { LIMITS } from './limits.ts'

/** What a command left open: the cluster, the version, or both; and what it said already. */
export type LeftOpen = {
  readonly cluster: string | null
  readonly to: string | null
  /** The day that teams are asked by, `2026-12-04`. */
  readonly by: string | null
  readonly acknowledge: readonly string[]
}

const draft = z.object({
  id: requestId,
  channel: z.string(),
  cluster: clusterName.nullable(),
  to: istioVersion.nullable(),
  // A dialog that was opened before there was such a field may still be sent.
  by: z.iso.date().nullable().default(null),
  acknowledge: z.array(z.string()),
})

/**
 * What the dialog of an upgrade is about, carried by the dialog itself, so that it outlives the memory of the bot. `id` will be the
 * request's: a dialog that is sent twice asks once. Nothing in it is a right or a secret.
 */
export type UpgradeDraft = z.infer<typeof draft>

export function newDraft(id: string, channel: string, { cluster, to, by, acknowledge }: LeftOpen): UpgradeDraft {
  const made = { id, channel, cluster, to, by, acknowledge: [...acknowledge] }
  // Too many names to carry: the plan refuses, and offers to acknowledge them.
  return draftText(made).length <= LIMITS.privateMetadata ? made : { ...made, acknowledge: [] }
}

export function draftText(about: UpgradeDraft): string {
  return JSON.stringify(about)
}

/** Null for what is no draft of ours. */
export function draftFrom(metadata: string): UpgradeDraft | null {
  try {
    return draft.safeParse(JSON.parse(metadata)).data ?? null
  } catch {
    return null
  }
}
