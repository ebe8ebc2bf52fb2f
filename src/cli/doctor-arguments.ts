import { parseArgs } from 'node:util'
import { CodedError } from '../kernel/errors.ts'

const PARTS = ['bot', 'worker'] as const
export type Part = (typeof PARTS)[number]

/** Whose things are asked about: both parts where none is named, every cluster of the file where none is named. */
export type DoctorAsked = { readonly parts: readonly Part[]; readonly cluster?: string }

const USAGE = `doctor [--part ${PARTS.join('|')}] [--cluster NAME]`

/** Throws ARGUMENT_UNKNOWN {argument, usage}: what isn't understood would leave something unasked in silence. */
export function doctorArguments(args: readonly string[]): DoctorAsked {
  const { part, cluster } = parsed(args)
  return { parts: partsOf(part), ...(cluster === undefined ? {} : { cluster }) }
}

function partsOf(named: string | undefined): readonly Part[] {
  if (named === undefined) return PARTS
  const part = PARTS.find((known) => known === named)
  if (!part) throw unknown(`--part ${named}`)
  return [part]
}

function parsed(args: readonly string[]): { readonly part?: string; readonly cluster?: string } {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: [...args], options: { part: text, cluster: text } }).values
  } catch {
    throw unknown(args.join(' '))
  }
}

function unknown(argument: string): CodedError {
  return new CodedError('ARGUMENT_UNKNOWN', { argument, usage: USAGE })
}
