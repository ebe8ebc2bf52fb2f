import type { Policy } from '../../src/upgrade/policy.ts'
import { newRun } from '../../src/upgrade/new-run.ts'
import type { Click, Standing } from '../../src/upgrade/event.ts'
import type { PhaseName } from '../../src/wire/names.ts'
import type { Person } from '../../src/wire/person.ts'
import type { Plan } from '../../src/wire/plan.ts'
import type { ClickedCard } from '../../src/wire/request.ts'
import type { ApprovalCard, Holder, Proof, Run } from '../../src/wire/run.ts'

export const T0 = Date.parse('2026-03-02T10:00:00Z')

export function aPerson(user: string, groups: readonly string[] = []): Person {
  return { user, team: 'T0HOME', groups: [...groups], name: user }
}

export const LEE = aPerson('U0LEE', ['S0PLATFORM'])
export const MEI = aPerson('U0MEI', ['S0PLATFORM'])
export const SRE = aPerson('U0SRE')
export const OUTSIDER = aPerson('U0OUT', ['S0OTHER'])

export type PolicyChange = Partial<Omit<Policy, 'approve'>> & { readonly approve?: Partial<Policy['approve']> }

export function aPolicy({ approve, ...change }: PolicyChange = {}): Policy {
  return {
    request: ['S0PLATFORM'],
    approve: {
      install: { need: 1, from: ['S0PLATFORM'] },
      switch: { need: 2, from: ['S0PLATFORM', 'U0SRE'] },
      rehearse: { need: 1, from: ['S0PLATFORM'] },
      retire: { need: 2, from: ['S0PLATFORM', 'U0SRE'] },
      ...approve,
    },
    rollback: { from: ['S0PLATFORM'], own: false },
    requesterMayApprove: false,
    expiresAt: (nowMs) => nowMs + 24 * 3_600_000,
    remindAt: (nowMs) => nowMs + 12 * 3_600_000,
    start: { install: 'atOnce', switch: 'whenStarted', rehearse: 'whenStarted', retire: 'whenStarted' },
    quietMs: 24 * 3_600_000,
    ...change,
  }
}

export function aPlan(change: Partial<Plan> = {}): Plan {
  return {
    v: 1,
    cluster: 'prod-a',
    madeAt: '2026-03-02T10:00:00.000Z',
    from: [{ revision: 'default', version: '1.30.0' }],
    to: { revision: '1-31-0', version: '1.31.0' },
    strategy: 'tag',
    steps: [
      { id: 'install.save', phase: 'install', kind: 'save' },
      { id: 'install.install', phase: 'install', kind: 'install' },
      { id: 'install.prove', phase: 'install', kind: 'prove-install' },
      { id: 'switch.save', phase: 'switch', kind: 'save' },
      { id: 'switch.move-tag.default', phase: 'switch', kind: 'move-tag', target: 'default' },
      { id: 'switch.prove', phase: 'switch', kind: 'prove-switch' },
      { id: 'rehearse.save', phase: 'rehearse', kind: 'save-old' },
      { id: 'rehearse.rehearse', phase: 'rehearse', kind: 'rehearse' },
      { id: 'retire.save', phase: 'retire', kind: 'save-old' },
      { id: 'retire.uninstall', phase: 'retire', kind: 'uninstall' },
      { id: 'retire.prove', phase: 'retire', kind: 'prove-retire' },
    ],
    istioctl: { to: 'a'.repeat(64) },
    operatorFile: 'b'.repeat(64),
    classes: [
      {
        key: 'enabled',
        namespaces: 3,
        examples: ['shop'],
        pods: 12,
        before: 'default',
        after: '1-31-0',
        movedBy: 'switch.move-tag.default',
      },
    ],
    warnings: [],
    acknowledged: [],
    notChecked: [],
    ...change,
  }
}

export function aRun(plan: Plan = aPlan()): Run {
  return newRun({
    id: 'run-01jd9q4t7hzzzzzzzzzzzzzzzz',
    plan,
    channel: 'C0PROD',
    requestedBy: LEE,
    request: 'rq-01jd9q4t7hzzzzzzzzzzzzzzzz',
    nowMs: T0,
  })
}

export function aClick(who: Person, request = 'rq-01jd9q4t7haaaaaaaaaaaaaaaa'): Click {
  return { request, who, signed: { body: `{"by":"${who.user}"}`, key: '00000000', signature: 'x' } }
}

export function aStanding(phase: PhaseName, change: Partial<Standing> = {}): Standing {
  return {
    phase,
    fingerprint: 'f'.repeat(64),
    fields: {},
    checks: [],
    blocked: [],
    commands: ['kubectl version'],
    undoCommands: [],
    ...change,
  }
}

/** The click on the card's newest revision, exactly as it was shown. */
export function clickOn(card: ApprovalCard): ClickedCard {
  const shown = card.shown.at(-1) ?? { revision: 0, digest: '0'.repeat(64) }
  return { id: card.id, ...shown, planHash: card.planHash, fingerprint: card.fingerprint }
}

export function aHolder(id = 'worker-1'): Holder {
  return { id, bootId: 'boot', pid: 1, startTicks: '1', deadline: '2026-03-02T11:00:00.000Z' }
}

export function aProof(verdict: Proof['verdict'], found: string | null = '1-31-0'): Proof {
  return {
    class: 'enabled',
    namespace: 'shop',
    expected: '1-31-0',
    verdict,
    found,
    via: ['fresh connections'],
    at: '2026-03-02T10:00:00.000Z',
  }
}
