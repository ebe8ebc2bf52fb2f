import { answerCard, verdictCard } from '../../src/chat/views/answers.ts'
import { approvalsCard } from '../../src/chat/views/approvals.ts'
import type { Card } from '../../src/chat/views/blocks.ts'
import { clusterPicker, didYouMeanCard, helpCard, insteadCard } from '../../src/chat/views/help.ts'
import { languageCard } from '../../src/chat/views/language-card.ts'
import { put, type Look } from '../../src/chat/views/look.ts'
import { reportCard } from '../../src/chat/views/report.ts'
import { statusCard } from '../../src/chat/views/status.ts'
import { stragglersCard } from '../../src/chat/views/stragglers.ts'
import type { Locale } from '../../src/wire/names.ts'
import { approvalSample } from '../support/phase-samples.ts'
import { look } from '../support/sample-size.ts'
import type { ClusterStatus } from '../../src/wire/read-model.ts'
import { AT, census, pulse, report, status, stragglers } from './read-model-samples.ts'
import type { GalleryEntry } from './gallery-entry.ts'
import { LATE_ANSWERS } from './late-entries.ts'
import { OVER_ANSWERS } from './over-entries.ts'
import { SIDECAR_ANSWERS } from './sidecar-entries.ts'

type Draw = (look: Look) => Card

const CLUSTERS = ['prod-a', 'prod-b', 'stage']
const COMMAND = '/istio'
const PLAIN = { cluster: 'prod-a', status: status('prod-a'), pulse: pulse('prod-a') }
const MOVING = { ...PLAIN, status: { ...status('prod-a'), census: census('prod-a') } }
const LATE = { code: 'CARD_REJECTED', facts: { who: 'Mei', reason: 'payment freeze' } }
const QUIET = { code: 'WORKER_ALL_QUIET', facts: { cluster: 'prod-a', at: AT } }

/** What one person alone is shown, by its name. */
const ANSWERS: Readonly<Record<string, Draw>> = {
  help: (view) => helpCard(COMMAND, CLUSTERS, view),
  'command unknown, with a guess': (view) => didYouMeanCard(COMMAND, 'upgarde', 'upgrade', view),
  'command unknown': (view) => didYouMeanCard(COMMAND, 'coffee', null, view),
  'no such command: hold': (view) => answerCard({ code: 'COMMAND_NO_HOLD', facts: { typed: 'hold' } }, 'not', view),
  'words that are too many': (view) =>
    answerCard(
      {
        code: 'COMMAND_EXTRA_WORDS',
        facts: { typed: 'now', verb: 'stop', usage: put(view, 'usageStop') },
      },
      'not',
      view,
    ),
  'cluster unknown, known ones offered': (view) =>
    insteadCard(
      COMMAND,
      { code: 'CLUSTER_UNKNOWN', facts: { typed: 'now', clusters: CLUSTERS } },
      CLUSTERS.map((name) => `stop ${name}`),
      view,
    ),
  'stragglers, neither team nor cluster': (view) =>
    insteadCard(
      COMMAND,
      { code: 'TEAM_OR_CLUSTER_UNKNOWN', facts: { typed: 'paymets', clusters: CLUSTERS, teams: ['payments', 'shop'] } },
      ['stragglers payments'],
      view,
    ),
  'stragglers, of a namespace': (view) =>
    insteadCard(
      COMMAND,
      { code: 'NAMESPACE_IS_NO_TEAM', facts: { typed: 'pay', owners: ['payments', put(view, 'stragglersUnowned')] } },
      ['stragglers payments', 'stragglers unowned'],
      view,
    ),
  'stop, where nothing runs any more': (view) =>
    answerCard(
      { code: 'NOTHING_TO_STOP', facts: { from: '1.30.0', to: '1.31.0', at: AT, until: '2026-12-08T09:00:00.000Z' } },
      'not',
      view,
    ),
  'which cluster': (view) => clusterPicker(COMMAND, CLUSTERS, (name) => `stop ${name}`, view),
  status: (view) => statusCard([PLAIN], view),
  'status, pods move': (view) => statusCard([MOVING], view),
  'status, reminders held': (view) =>
    statusCard([{ ...MOVING, status: { ...MOVING.status, run: held(MOVING.status.run) } }], view),
  'status, several clusters': (view) =>
    statusCard([MOVING, { cluster: 'prod-b', status: status('prod-b'), pulse: pulse('prod-b') }], view),
  'status, unknown': (view) => statusCard([{ cluster: 'prod-a', status: null, pulse: null }], view),
  stragglers: (view) => stragglersCard([{ cluster: 'prod-a', list: stragglers('prod-a') }], null, view),
  'stragglers, of one team': (view) =>
    stragglersCard([{ cluster: 'prod-a', list: stragglers('prod-a') }], { team: 'payments' }, view),
  'stragglers, never counted': (view) => stragglersCard([{ cluster: 'prod-a', list: null }], null, view),
  approvals: (view) =>
    approvalsCard([{ facts: approvalSample('usual', 'pending', 'switch'), link: 'https://example.slack.com/x' }], view),
  'approvals, more than fit': (view) =>
    approvalsCard(
      Array.from({ length: 10 }, () => ({ facts: approvalSample('usual', 'pending', 'switch'), link: null })),
      view,
    ),
  'approvals, none': (view) => approvalsCard([], view),
  'language, chosen': (view) => languageCard(false, view),
  'language, automatic': (view) => languageCard(true, view),
  report: (view) => reportCard([{ cluster: 'prod-a', report: report('prod-a') }], COMMAND, view),
  'report, none': (view) => reportCard([{ cluster: 'prod-a', report: null }], COMMAND, view),
  'working on it': (view) =>
    answerCard({ code: 'WORKER_WORKING', facts: { cluster: 'prod-a', at: AT } }, 'waiting', view),
  'error, a card that was decided': (view) => answerCard(LATE, 'not', view, 'rq-01jd9q4t7h0123456789abcdef'),
  'error, a guest': (view) => answerCard({ code: 'PERSON_GUEST', facts: {} }, 'not', view),
  'error, every worker quiet': (view) => answerCard(QUIET, 'not', view),
  'plan refused': (view) => verdictCard(refused(), view),
  ...LATE_ANSWERS,
  ...OVER_ANSWERS,
  ...SIDECAR_ANSWERS,
}

export function answerEntries(lang: Locale): readonly GalleryEntry[] {
  return Object.entries(ANSWERS).map(([name, draw]) => ({ name, lang, surface: 'ephemeral', ...draw(look(lang)) }))
}

function refused(): Parameters<typeof verdictCard>[0] {
  return {
    v: 1,
    kind: 'verdict',
    id: 'v-1',
    cluster: 'prod-a',
    at: AT,
    request: 'rq-01jd9q4t7h0123456789abcdef',
    ok: false,
    said: { code: 'PLAN_REFUSED', facts: { version: '1.31.0', reasons: 2 } },
    more: [
      { code: 'ISTIOCTL_MISSING', facts: { version: '1.31.0', path: '/opt/istioctl/istioctl-1.31.0' } },
      { code: 'CONTROL_PLANE_NOT_READY', facts: { revision: 'default', ready: 1, wanted: 2 } },
    ],
  }
}

function held(run: ClusterStatus['run']): ClusterStatus['run'] {
  return run && { ...run, state: 'switched', held: 3 }
}
