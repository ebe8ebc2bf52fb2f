import type { CodedError } from '../kernel/errors.ts'
import { codedErrorOf } from './coded-error-of.ts'
import type { Outcome, Say } from './outcome.ts'

/** In a word or two that all is well; everything that is wrong; or one thing to know that may well be as it should. */
type Found = string | readonly CodedError[] | { readonly warning: CodedError }

/** One question. One wrong thing may also be thrown. */
export type Check = {
  readonly about: string
  readonly run: () => Promise<Found>
  /** When it fails the rest of its group is not asked: it would only fail for the same reason. */
  readonly first?: boolean
}

/**
 * `meshferry doctor`: asks one group after the other (settings, Redis, Slack, each cluster), makes our own namespace where it is missing and changes nothing
 * else, and prints one line for each check. What is wrong is said with its next action; what can't be asked because of it is named as such. A
 * warning has a next action too, and leaves the exit code as it is.
 */
export async function runDoctor(groups: readonly (readonly Check[])[], say: Say): Promise<Outcome> {
  const outcomes: Outcome[] = []
  for (const group of groups) outcomes.push(await runGroup(group, say))
  const exitCode = outcomes.some((one) => one.exitCode === 1) ? 1 : 0
  return { lines: outcomes.flatMap(({ lines }) => lines), exitCode }
}

async function runGroup(group: readonly Check[], say: Say): Promise<Outcome> {
  const lines: string[] = []
  let bad = false
  for (const [i, check] of group.entries()) {
    const found = await answerOf(check)
    lines.push(...linesOf(check, found, say))
    if (!isWrong(found)) continue
    bad = true
    if (!check.first) continue
    lines.push(...group.slice(i + 1).map(({ about }) => `-     ${about}`))
    break
  }
  return { lines, exitCode: bad ? 1 : 0 }
}

function isWrong(found: Found): found is readonly CodedError[] {
  return Array.isArray(found)
}

function linesOf({ about }: Check, found: Found, say: Say): readonly string[] {
  if (typeof found === 'string') return [`ok    ${about}: ${found}`]
  if (isWrong(found)) return found.map(({ code, facts }) => `FAIL  ${about}: ${say(code, facts)}`)
  return [`WARN  ${about}: ${say(found.warning.code, found.warning.facts)}`]
}

async function answerOf(check: Check): Promise<Found> {
  try {
    return await check.run()
  } catch (error) {
    return [codedErrorOf(error)]
  }
}
