import { command } from './acts.ts'
import type { Rig } from './rig.ts'
import { until } from './until.ts'

/** `/istio …` and the first answer to it. */
export async function asked(rig: Rig, text: string, user = 'U0LEE'): Promise<string> {
  const seen = await command(rig, user, text)
  return rig.slack.text(await rig.slack.waitFor(() => seen.answers().at(-1)))
}

/** Long enough for istiods that begin anew on a busy machine. */
const ANSWERED_MS = 60_000

/** Asks again and again until the answer says so; that answer. Rejects with the last one. */
export async function answers(rig: Rig, text: string, words: RegExp, user?: string): Promise<string> {
  let answer = ''
  try {
    await until(async () => words.test((answer = await asked(rig, text, user))), ANSWERED_MS)
  } catch (error) {
    throw new Error(`${String(words)} is not in the answer to ${text}: ${answer}`, { cause: error })
  }
  return answer
}
