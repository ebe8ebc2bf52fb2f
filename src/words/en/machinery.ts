import type { Catalogue } from '../sentence.ts'

/** The worker's own parts. */
export const machineryEn = {
  LEASE_LOST: ['This worker does not lead at the moment.', 'Nothing to do: the other one goes on.'],
  JOB_MALFORMED: [
    'A job in queue {queue} cannot be read[[ ({where})]]; it was dropped.',
    'Bring bot and worker to the same version.',
  ],
  AUDIT_CONTENDED: [
    'The audit line {id} could not be written: somebody else writes all the time. Nothing is done without it.',
    'See whether two workers act on one cluster.',
  ],
  RECORD_KEY_MISSING: [
    'MESHFERRY_RECORD_KEY is not set, so records could not be told from forged ones.',
    'Set it (or MESHFERRY_RECORD_KEY_FILE) and start the worker again.',
  ],
  RECORD_KEY_UNREADABLE: [
    'The record key is not in MESHFERRY_RECORD_KEY, and the Secret {secret} of namespace {namespace} does not give it ({message}).',
    'Set the variable, or use a kubeconfig that may read that Secret.',
  ],
  CONTEXT_NEEDED: [
    'The file says that the worker of {cluster} runs inside it; a terminal is outside.',
    'Name the context of your kubeconfig with --context, so that it cannot be another cluster.',
  ],
  REASON_MISSING: ['A reason is needed: everybody who was not asked will read it.', 'Give one with --reason "…".'],
  LEAD_WANTED: [
    'Taking the lead of {cluster}. A worker that has it stops first: this takes up to {seconds} s, or longer while a step of it may still write.',
  ],
  EVIDENCE_WRITTEN: ['The evidence of {run} is in {files}.'],
  EVIDENCE_UNWRITABLE: [
    'The evidence could not be put into {path}: {message}.',
    'Name a folder that can be written: `meshferry ctl report --to FOLDER` writes it again at any time.',
  ],
  EVIDENCE_NOT_REMOVED: [
    'Evidence that is older than evidence.keep could not be removed: {path}: {message}.',
    'Remove it by hand, or let the worker write into its folder; it tries again every few hours.',
  ],
  AUDIT_HOLDS: ['The audit chain holds: {lines} {lines|line|lines}[[, head {head}]].'],
  AUDIT_BROKEN: [
    'The audit chain is broken at line {broken}; {lines} lines before it hold[[, up to head {head}]].',
    'Compare with a head that you noted elsewhere, and with the audit log of the API server.',
  ],
  REDIS_UNREACHABLE: [
    'Redis[[ at {host}]] cannot be reached[[: {reason}]].',
    'Check REDIS_URL and the network. What runs in a cluster is not lost: its record is in the cluster.',
  ],
  NAMESPACE_MISSING: [
    'The namespace {namespace} is not there and could not be made[[: {message}]].',
    'Make it with this manifest: {manifest}',
  ],
  WORKER_INJECTED: [
    "The injector {object} matches the worker's own namespace[[ {namespace}]]; the worker must not depend on what it upgrades. It does not act.",
    'Label the namespace istio-injection=disabled.',
  ],
  WORKER_BEHIND_WEBHOOK: [
    "The webhook {object} of the control plane would stop the worker's own pods[[ in {namespace}]] when it fails. The worker does not act.",
    'Exclude the namespace from it.',
  ],
  REFUSED: ['Refused: {code}'],
} as const satisfies Partial<Catalogue>
