import type { Button } from '@slack/types'
import type { VerdictNotice } from '../../wire/notice.ts'
import { put, type Look } from './look.ts'
import { rollbackButton } from './run-buttons.ts'

/** The way back, under the answer to `stop`; null for every other answer, and where nothing can be gone back from. */
export function stopAnswerButton({ said, cluster }: VerdictNotice, look: Look): Button | null {
  const { run, before, after, removes } = said.facts
  if (said.code !== 'STOPPED' || typeof run !== 'string') return null
  const [from, to] = [String(before), String(after)]
  const text = put(look, removes === true ? 'buttonBackRemoves' : 'buttonBackTo', { before: from, after: to })
  return rollbackButton({ cluster, run, from: [{ version: from }], to: { version: to } }, look, text)
}
