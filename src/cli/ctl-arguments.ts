import { parseArgs } from 'node:util'
import { CodedError } from '../kernel/errors.ts'

const CTL_ACTS = ['status', 'report', 'verify-audit', 'stop', 'rollback'] as const
type CtlAct = (typeof CTL_ACTS)[number]

export type CtlArguments = {
  readonly act: CtlAct
  readonly cluster?: string
  /** The kubeconfig's context, where the file names none that works from a terminal. */
  readonly context?: string
  readonly reason?: string
  /** Folder for the files of a report. */
  readonly to?: string
}

const USAGE = `ctl ${CTL_ACTS.join(' | ')} [--cluster NAME] [--context CONTEXT] [--reason TEXT] [--to FOLDER]`
const REASON_MAX = 500

/** Throws ARGUMENT_UNKNOWN {argument, usage}: what isn't understood is never passed over in an emergency. */
export function ctlArguments(args: readonly string[]): CtlArguments {
  const { values, positionals } = parsed(args)
  const [word, strange] = positionals
  const act = CTL_ACTS.find((known) => known === word)
  if (!act || strange !== undefined) throw unknown(strange ?? word ?? '')
  const { cluster, context, reason, to } = values
  return {
    act,
    ...(cluster === undefined ? {} : { cluster }),
    ...(context === undefined ? {} : { context }),
    ...(reason?.trim() ? { reason: reason.trim().slice(0, REASON_MAX) } : {}),
    ...(to === undefined ? {} : { to }),
  }
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: { cluster: text, context: text, reason: text, to: text },
      allowPositionals: true,
    })
  } catch (error) {
    throw unknown(error instanceof Error ? (/'(-.*?)[ ']/.exec(error.message)?.[1] ?? error.message) : '')
  }
}

function unknown(argument: string): CodedError {
  return new CodedError('ARGUMENT_UNKNOWN', { argument, usage: USAGE })
}
