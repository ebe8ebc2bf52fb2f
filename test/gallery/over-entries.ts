import { answerCard } from '../../src/chat/views/answers.ts'
import type { Card } from '../../src/chat/views/blocks.ts'
import type { Look } from '../../src/chat/views/look.ts'
import { AT } from '../support/sample-size.ts'

const ABOUT = { cluster: 'prod-a', from: '1.30.0', to: '1.31.0', at: AT }
const RESTART = { workload: 'pay/Deployment/api', team: 'payments', asker: 'U0MEI', when: AT }
const BACK = { who: 'U0LEE', reason: 'error rate of payments', because: 'ROLLBACK_ASKED' }

/** What late clicks are told of what is over, by its name. */
const OVER: Readonly<Record<string, Parameters<typeof answerCard>[0]>> = {
  'forgotten card': { code: 'CARD_NOT_REMEMBERED', facts: {} },
  'upgrade over, done': { code: 'UPGRADE_OVER_DONE', facts: { ...ABOUT, by: ['U0MEI', 'U0SRE'] } },
  'upgrade over, undone': { code: 'UPGRADE_OVER_BACK', facts: { ...ABOUT, ...BACK } },
  'upgrade over, replaced': { code: 'UPGRADE_OVER_REPLACED', facts: ABOUT },
  'upgrade over, record gone': { code: 'UPGRADE_RECORD_GONE', facts: { cluster: 'prod-a', at: AT } },
  'help asked, upgrade over': {
    code: 'PLATFORM_NOT_TOLD',
    facts: { ...ABOUT, ...BACK, because: 'UPGRADE_OVER_BACK' },
  },
  'team message replaced': { code: 'TEAM_CARD_REPLACED', facts: { team: 'payments' } },
  'team message, nothing left': { code: 'TEAM_CARD_GONE', facts: { team: 'payments' } },
  'team message, upgrade over': { code: 'TEAM_CARD_OVER', facts: { cluster: 'prod-a' } },
  'team message changed': {
    code: 'TEAM_CARD_CHANGED',
    facts: { team: 'payments', pods: 3, workloads: [RESTART.workload, 'pay/StatefulSet/db'] },
  },
  'team message, snoozed': {
    code: 'TEAM_SNOOZED_ALREADY',
    facts: { team: 'payments', by: 'U0LEE', until: '2026-12-01' },
  },
  'team message, disowned': { code: 'TEAM_DISOWNED_ALREADY', facts: { team: 'payments', by: 'U0LEE' } },
  'picked time, nothing stored': { code: 'RESTART_NO_TIME', facts: { team: 'payments' } },
  'picked time, taken back by another': {
    code: 'RESTART_TAKEN_BACK_ALREADY',
    facts: { workload: RESTART.workload, by: 'U0MEI', when: AT },
  },
  'picked time, begun': { code: 'RESTART_BEGUN', facts: RESTART },
  'picked time, restarted': { code: 'RESTART_OVER_WELL', facts: RESTART },
  'picked time, failed': { code: 'RESTART_OVER_BADLY', facts: { ...RESTART, because: 'RESTART_STUCK' } },
  'picked time, dropped': { code: 'RESTART_OVER_UNDONE', facts: { ...RESTART, because: 'RESTART_MISSED' } },
}

export const OVER_ANSWERS: Readonly<Record<string, (view: Look) => Card>> = Object.fromEntries(
  Object.entries(OVER).map(([name, coded]) => [`late click, ${name}`, (view: Look) => answerCard(coded, 'not', view)]),
)
