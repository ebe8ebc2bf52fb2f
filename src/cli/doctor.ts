import type { CodedError } from '../kernel/errors.ts'
import { codedErrorOf } from './coded-error-of.ts'
import type { Outcome, Say } from './outcome.ts'

/** One question. `run` gives what it found in a word or two, or everything that is wrong; one wrong thing may be thrown. */
export type Check = {
  readonly about: string
  readonly run: () => Promise<string | readonly CodedError[]>
  /** When it fails the rest of its group is not asked: it would only fail for the same reason. */
  readonly first?: boolean
}

/**
 * `meshferry doctor`: asks one group after the other (settings, Redis, Slack, each cluster), changes nothing, and prints one
 * line for each check. What is wrong is said with its next action; what can't be asked because of it is named as such.
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
    if (typeof found === 'string') {
      lines.push(`ok    ${check.about}: ${found}`)
      continue
    }
    bad = true
    lines.push(...found.map(({ code, facts }) => `FAIL  ${check.about}: ${say(code, facts)}`))
    if (!check.first) continue
    lines.push(...group.slice(i + 1).map(({ about }) => `-     ${about}`))
    break
  }
  return { lines, exitCode: bad ? 1 : 0 }
}

async function answerOf(check: Check): Promise<string | readonly CodedError[]> {
  try {
    return await check.run()
  } catch (error) {
    return [codedErrorOf(error)]
  }
}
