import { watch, type Coaching, type CoachState } from './coaching.ts'
import { openButtons } from './open-buttons.ts'
import { continueAs, takesPart } from './people.ts'
import { keyOf } from './pressed.ts'

/** So long after a press its answer is on the way; later it was lost. */
const answerTime = 12_000

/** The first reminders wait for somebody who has a part in upgrades and has read them. */
export function sendReminders({ page, pressed, quietFor }: CoachState): Coaching | null {
  const button = openButtons(page).find(({ actionId }) => actionId === 'nudges.send')
  if (button === undefined) return null
  const [first] = page.demo.cast
  if (!takesPart(page) && first) {
    return { say: 'Reminders to teams wait for somebody who runs the upgrade.', act: continueAs(first) }
  }
  if (pressed.has(keyOf(button, page.demo.me)) && quietFor < answerTime) {
    return watch('The reminders are let go: the card changes as soon as it is recorded.')
  }
  return {
    say: 'Some teams have not redeployed. Read what each would be told in its own channel, then send it: until then nothing leaves.',
    act: { kind: 'press', label: 'Send the reminders', button },
  }
}
