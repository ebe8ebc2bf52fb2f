import { CodedError } from '../kernel/errors.ts'
import type { PhaseName } from '../wire/names.ts'
import type { Run } from '../wire/run.ts'
import type { SavedOld } from './steps/save-old.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What a phase saved of OLD, by the hash in the record. Throws RECORD_FORGED when it isn't what was saved, NOT_SAVED when nothing
 * was: then nothing of the phase may act.
 */
export async function savedOld(ctx: WorkerContext, run: Run, phase: PhaseName): Promise<SavedOld> {
  const backup = run.steps.find((entry) => entry.id === `${phase}.save`)?.backup
  if (!backup) throw new CodedError('NOT_SAVED', { phase })
  // The content was written by us and its hash is in the authenticated record, so its shape needs no second check.
  return (await ctx.store.loadBackup(backup)) as SavedOld
}
