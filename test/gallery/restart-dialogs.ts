import type { ModalView } from '@slack/types'
import type { Look } from '../../src/chat/views/look.ts'
import { restartModal } from '../../src/chat/views/restart-modal.ts'
import type { Coded } from '../../src/wire/facts.ts'
import { workloadSample } from '../support/restart-samples.ts'
import { coded, many, type Size } from '../support/sample-size.ts'

const DRAFT = 'rq-01jd9q4t7h0123456789abcdef'
const OFFERED = 1_796_000_400

type Said = { readonly ok: boolean; readonly said: Coded }
type How = { readonly several?: true; readonly chosen?: number; readonly later?: boolean; readonly said?: Said | null }

/** The dialog of a restart in each of its states. */
const STATES: Readonly<Record<string, How>> = {
  'which one': { several: true },
  looking: { chosen: 0 },
  'rolling, with a budget': { several: true, chosen: 1, said: shown({ allows: 1 }) },
  'budget spent, not all ready': { chosen: 0, said: shown({ allows: 0, ready: 2 }) },
  'a gap': { chosen: 0, said: shown({ replicas: 1, ready: 1, strategy: 'Recreate', gap: true }) },
  'budget unknown': { chosen: 0, said: shown({ budgetUnknown: true }) },
  'pick a time': { chosen: 0, later: true, said: shown({}) },
  'pick a time, by an older worker': { chosen: 0, later: true, said: shown({}, {}) },
  'kept by Argo CD': {
    several: true,
    chosen: 0,
    said: no('RESTART_BY_ITS_TOOL', {
      workload: 'pay/Deployment/api',
      tool: 'Argo CD',
      how: 'argocd app actions run pay restart --group apps --kind Deployment --namespace pay --resource-name api',
    }),
  },
  'kept, no command': {
    chosen: 0,
    said: no('RESTART_INSIDE_ITS_TOOL', { workload: 'pay/Deployment/api', tool: 'Argo CD' }),
  },
  'of another team': { chosen: 0, said: no('NOT_OF_THE_TEAM', { team: 'payments', ask: ['U0MEI', 'U0LIN'] }) },
  'nobody is listed': { chosen: 0, said: no('TEAM_HAS_NO_MEMBERS', { team: 'payments' }) },
  'under way': { chosen: 0, said: no('RESTART_UNDER_WAY', { workload: 'pay/Deployment/api', by: 'U0LEE' }) },
  'the right is missing': {
    chosen: 0,
    said: no('RESTART_RIGHTS_MISSING', { verb: 'patch', resource: 'deployments', namespace: 'pay' }),
  },
  'in vain': {
    chosen: 0,
    said: no('RESTART_IN_VAIN', { workload: 'pay/Deployment/api', because: 'ROLLOUT_PAUSED' }),
  },
}

export const RESTART_DIALOGS: Readonly<Record<string, (size: Size, look: Look) => ModalView>> = Object.fromEntries(
  Object.entries(STATES).map(([name, how]) => [`restart, ${name}`, (size: Size, look: Look) => draw(how, size, look)]),
)

function draw({ several, chosen, later = false, said = null }: How, size: Size, look: Look): ModalView {
  const workloads = several ? many(size, 3, 10, (index) => workloadSample(size, index)) : [workloadSample(size, 0)]
  const dialog = { draft: DRAFT, workloads, later, ...(chosen === undefined ? {} : { chosen }) }
  return restartModal(dialog, said && !said.ok ? { ok: false, said: coded(size, said.said) } : said, look)
}

function shown(more: Coded['facts'], hours: Coded['facts'] = { hours: '10:00-18:00', zone: 'Asia/Shanghai' }) {
  const facts = {
    workload: 'pay/Deployment/api',
    uid: 'u',
    shape: '0'.repeat(64),
    replicas: 3,
    ready: 3,
    strategy: 'RollingUpdate',
  }
  return {
    ok: true,
    said: {
      code: 'RESTART_SHOWN',
      facts: { ...facts, offered: OFFERED, ...hours, ...more },
    },
  } as const
}

function no(code: string, facts: Coded['facts']) {
  return { ok: false, said: { code, facts } } as const
}
