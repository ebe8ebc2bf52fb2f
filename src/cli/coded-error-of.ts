import { CodedError, refusalOf } from '../kernel/errors.ts'

/** Whatever was thrown as a CodedError, so that every line of the doctor has its sentence. */
export function codedErrorOf(error: unknown): CodedError {
  if (error instanceof CodedError) return error
  const { code, facts } = refusalOf(error)
  return new CodedError(code, facts, { cause: error })
}
