import type { Refusal } from '../kernel/errors.ts'
import { parseDuration } from '../kernel/durations.ts'
import type { RawApprovals } from './approvals-schema.ts'
import { PHASES } from '../wire/names.ts'
import { DEFAULTS } from './defaults.ts'
import type { ApprovalPolicy, ApprovalRule } from './settings.ts'

type RawRule = { readonly need?: number | undefined; readonly from?: readonly string[] | undefined } | undefined

/** The cluster's own rules before those at the top, each phase as a whole; then the defaults. */
export function resolveApprovals(top: RawApprovals, own: RawApprovals): ApprovalPolicy {
  const asked = { ...top, ...own }
  const install = ruleOf(asked.install)
  const change = ruleOf(asked.switch)
  return {
    install,
    switch: change,
    rehearse: ruleOf(asked.gateways),
    retire: ruleOf(asked.retire, DEFAULTS.needToRetire),
    rollback: {
      need: 1,
      from: asked.rollback?.from ?? [...new Set([...install.from, ...change.from])],
      own: asked.rollback?.own ?? DEFAULTS.own,
    },
    expiresMs: parseDuration(asked.expires ?? DEFAULTS.expires) ?? 0,
    requesterMayApprove: asked.requesterMayApprove ?? DEFAULTS.requesterMayApprove,
  }
}

/**
 * A phase that nobody could ever approve, told at the start and not on the first card: CONFIG_NEED_UNREACHABLE {cluster,
 * phase, need, listed}. Groups can't be counted here; one group makes any number possible. Where only listed people may ask
 * and the one who asks may not approve, one of them is always missing.
 */
export function needProblems(cluster: string, policy: ApprovalPolicy, askers: readonly string[]): readonly Refusal[] {
  return PHASES.flatMap((phase) => {
    const { need, from } = policy[phase]
    if (from.length === 0 || from.some(isGroup)) return []
    const people = new Set(from)
    const askerIsOne = askers.length > 0 && askers.every((asker) => people.has(asker))
    const most = people.size - (askerIsOne && !policy.requesterMayApprove ? 1 : 0)
    if (most >= need) return []
    return [{ code: 'CONFIG_NEED_UNREACHABLE', facts: { cluster, phase, need, listed: people.size } }]
  })
}

function ruleOf(raw: RawRule, need: number = DEFAULTS.need): ApprovalRule {
  return { need: raw?.need ?? need, from: raw?.from ?? [] }
}

function isGroup(id: string): boolean {
  return id.startsWith('S')
}
