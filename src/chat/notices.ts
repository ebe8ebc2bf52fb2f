import type { Notice } from '../wire/notice.ts'
import type { Homes } from './home.ts'
import type { Outbox } from './outbox.ts'
import type { Verdicts } from './verdicts.ts'

/**
 * What comes from the workers, one by one. Saved before it returns, so that the job may be removed; throws only when Redis
 * can't keep it, so that the job is tried again.
 */
export async function handleNotice(
  parts: { outbox: Outbox; verdicts: Verdicts; home: Homes },
  notice: Notice,
): Promise<void> {
  parts.home.changed()
  if (notice.kind === 'message') return parts.outbox.want(notice)
  await parts.verdicts.tell(notice)
}
