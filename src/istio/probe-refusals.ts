import type { ProbeVerdict } from './probe-verdict.ts'

type RefusedAnswer = { readonly status: number; readonly reason: string; readonly message: string }

/** A text that an API server writes, and what it means. The first that fits counts. */
type Rule = {
  readonly pattern: RegExp
  readonly verdict: 'wrong' | 'unprovable'
  readonly code: string
  /** Name of the fact that the pattern's first group is. */
  readonly fact?: string
}

const INJECTOR = String.raw`[\w.-]*sidecar-injector\.istio\.io`

const RULES: readonly Rule[] = [
  {
    pattern: new RegExp(`failed calling webhook "(${INJECTOR})"`),
    verdict: 'wrong',
    code: 'PROBE_INJECTOR_FAILED',
    fact: 'webhook',
  },
  {
    pattern: new RegExp(`admission webhook "(${INJECTOR})" denied the request`),
    verdict: 'wrong',
    code: 'PROBE_INJECTOR_DENIED',
    fact: 'webhook',
  },
  { pattern: /Duplicate value: "istio-(?:proxy|init)"/, verdict: 'wrong', code: 'PROBE_DOUBLE' },
  { pattern: /violates PodSecurity "([^"]*)"/, verdict: 'unprovable', code: 'PROBE_POD_SECURITY', fact: 'level' },
  {
    pattern: /ValidatingAdmissionPolicy '([^']+)'/,
    verdict: 'unprovable',
    code: 'PROBE_POLICY',
    fact: 'policy',
  },
  { pattern: /exceeded quota: ([^\s,]+)/, verdict: 'unprovable', code: 'PROBE_QUOTA', fact: 'quota' },
  { pattern: /failed quota: ([^\s:,]+)/, verdict: 'unprovable', code: 'PROBE_QUOTA', fact: 'quota' },
  { pattern: /must specify [\w.,/ -]+/, verdict: 'unprovable', code: 'PROBE_QUOTA' },
  {
    pattern: /(?:minimum|maximum) .* usage per (?:Container|Pod)|must be (?:less|greater) than or equal to \w+ limit/,
    verdict: 'unprovable',
    code: 'PROBE_LIMIT_RANGE',
  },
  {
    pattern: /(?:failed calling webhook|admission webhook) "([^"]+)"/,
    verdict: 'unprovable',
    code: 'PROBE_OTHER_WEBHOOK',
    fact: 'webhook',
  },
  {
    pattern: /error looking up service account [^/]*\/?([^:\s]*)/,
    verdict: 'unprovable',
    code: 'PROBE_SERVICE_ACCOUNT',
    fact: 'serviceAccount',
  },
  { pattern: /because it is being terminated/, verdict: 'unprovable', code: 'PROBE_NAMESPACE_TERMINATING' },
  {
    pattern: /User "([^"]+)" cannot create resource/,
    verdict: 'unprovable',
    code: 'PROBE_FORBIDDEN',
    fact: 'user',
  },
]

/**
 * What a refused dry-run pod says about injection: the injector's own failure, or a pod with two sidecars, is Wrong. All
 * else is somebody else's refusal, named by code, and proves nothing either way.
 */
export function judgeRefusal(answer: RefusedAnswer): ProbeVerdict {
  const facts = { status: answer.status, reason: answer.reason, message: answer.message }
  for (const rule of RULES) {
    const found = rule.pattern.exec(answer.message)
    if (found === null) continue
    const named = rule.fact === undefined ? {} : { [rule.fact]: found[1] ?? '' }
    return { verdict: rule.verdict, code: rule.code, facts: { ...facts, ...named } }
  }
  return { verdict: 'unprovable', code: byStatus(answer.status), facts }
}

function byStatus(status: number): string {
  if (status === 404) return 'PROBE_NAMESPACE_MISSING'
  if (status === 422 || status === 400) return 'PROBE_POD_INVALID'
  if (status === 0 || status === 408 || status === 429 || status >= 500) return 'PROBE_API_UNREACHABLE'
  return 'PROBE_REFUSED'
}
