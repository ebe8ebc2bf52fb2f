import { answerCard, verdictCard } from '../../src/chat/views/answers.ts'
import { approvalsCard } from '../../src/chat/views/approvals.ts'
import type { Card } from '../../src/chat/views/blocks.ts'
import type { Look } from '../../src/chat/views/look.ts'
import { whyDecided } from '../../src/wire/decided-card.ts'
import type { VerdictNotice } from '../../src/wire/notice.ts'
import { CARD_STATES } from '../../src/wire/run.ts'
import { approvalSample } from '../support/phase-samples.ts'
import { AT, ULID } from '../support/sample-size.ts'

const BACK = { run: `run-${ULID}`, before: '1.30', after: '1.31' }

const STOPPED = {
  nothing: { gets: '1.30' },
  installed: { gets: '1.30', ...BACK, removes: true },
  switching: { between: ['1.30', '1.31'], running: 'switch.move-tag.default', ...BACK, removes: false },
  switched: { gets: '1.31', ...BACK, removes: false },
}

/** How the worker answers `stop`, by how far the upgrade was. */
export function stopVerdict(when: keyof typeof STOPPED): VerdictNotice {
  return {
    v: 1,
    kind: 'verdict',
    id: 'v-1',
    cluster: 'prod-a',
    at: AT,
    request: `rq-${ULID}`,
    ok: true,
    said: { code: 'STOPPED', facts: { phase: 'switch', ...STOPPED[when] } },
    more: [],
  }
}

const URL = 'https://example.slack.com/archives/C0PROD/p1'
const MANY = Array.from({ length: 11 }, () => ({ facts: approvalSample('usual', 'pending', 'switch'), link: URL }))

function replaced(view: Look): Card {
  const said = { code: 'CARD_SUPERSEDED', facts: { because: 'POLICY_CHANGED', phase: 'switch', at: AT, newer: 'ap-2' } }
  return verdictCard({ ...stopVerdict('nothing'), ok: false, said }, view, URL)
}

/** What is answered to `stop`, to clicks that come late and to `approvals` where much waits, by its name. */
export const LATE_ANSWERS: Readonly<Record<string, (view: Look) => Card>> = {
  'stopped, nothing was changed': (view) => verdictCard(stopVerdict('nothing'), view),
  'stopped, before the switch': (view) => verdictCard(stopVerdict('installed'), view),
  'stopped, in the middle of the switch': (view) => verdictCard(stopVerdict('switching'), view),
  'stopped, after the switch': (view) => verdictCard(stopVerdict('switched'), view),
  ...Object.fromEntries(
    CARD_STATES.flatMap((state) => {
      const decided = whyDecided(approvalSample('usual', state, 'switch'))
      return decided ? [[`late click, ${state}`, (view: Look) => answerCard(decided, 'not', view)]] : []
    }),
  ),
  'late click, with the newer card': replaced,
  'approvals, many': (view) => approvalsCard(MANY, view),
}
