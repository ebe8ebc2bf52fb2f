import type { Catalogue } from '../sentence.ts'

/** Who still needs the old control plane, its rehearsal and its retirement. */
export const retireEn = {
  PODS_STILL_OLD: [
    '{pods} {pods|pod runs|pods run} the sidecar of {from}[[, in {workloads} {workloads|workload|workloads}]].',
    'They move with their next redeploy; the command stragglers names them.',
  ],
  SIDECARS_UNKNOWN: [
    '{pods} {pods|pod has|pods have} a sidecar of which nothing says the revision, so they may need the old control plane.',
    'Redeploy them, or take out the sidecar that was put in by hand.',
  ],
  PROXIES_UNASKED: [
    'No istiod of {from} is running that could say who is connected.',
    'Start it again; the quiet time counts from then on.',
  ],
  PROXIES_UNKNOWN: [
    'An istiod of {from} did not say how many proxies are connected, so it does not count as zero.',
    'See the log of the worker for what it answered.',
  ],
  SOURCES_DISAGREE: [
    'No pod with the sidecar of {from} is in the cluster, but its istiods say that {proxies} {proxies|proxy is|proxies are} connected.',
    'Find who connects: gateways, machines outside of the cluster or tools, with istioctl proxy-status.',
  ],
  NOBODY_LEFT: ['Nobody has used {from} since {since}: no pod has its sidecar, and no proxy is connected to it.'],
  NOT_COUNTED_YET: [
    'Who uses the old control plane was not counted yet.',
    'The worker counts within a minute; ask again then.',
  ],
  NOT_QUIET_YET: [
    'Nobody has used {from} since {since}; it may go from {until} on.',
    'Wait until then. The card comes by itself; after one that failed, ask again.',
  ],
  CENSUS_STALE: [
    'Who uses the old control plane was not counted within the last minutes, so it counts as used.',
    'Try again in a minute: a worker that has just started has yet to count. If it stays so, its log says why it cannot.',
  ],
  OLD_STILL_RESOLVED: [
    'Something still leads to {from}: {by}.',
    'Point it at the tag or the revision that the others use; the checks run again with the next click.',
  ],
  OLD_NOT_OURS_TO_REMOVE: [
    'The control plane of {revision} was made by {owner} ({evidence}), and istioctl would not remove it.',
    'Remove it with the tool that made it; the next upgrade that you ask for ends this one.',
  ],
  OLD_NOT_ISTIOCTLS: [
    'Nothing of {revision} carries the labels by which istioctl would remove it. Nothing was changed.',
    'Remove it with the tool that made it.',
  ],
  OLD_NOT_RESTORABLE: [
    '{kind} {name} of the old control plane could not be put back, so nothing was changed.[[ {because}]]',
    'Mend what the API server says, then ask again.',
  ],
  OLD_SAVED: [
    '{objects} {objects|object|objects} of {revision} saved; a dry run of each says that it can be put back.',
  ],
  OLD_HAS_OTHERS: [
    'Removing {revision} would also remove what is no control plane: {objects}.',
    'Give it to another revision first (its own install, or its label istio.io/rev); then ask again.',
  ],
  OLD_AT_WORK_AGAIN: ['The old control plane, {from}, is at work again.'],
  OLD_REMOVED: ['The control plane of {revision} was removed; nothing of it is left.'],
  OLD_PUT_BACK: ['{objects} {objects|object|objects} of {revision} put back, and its istiods are ready.'],
  OLD_RETIRED: ['Istio {from} is retired. It can be put back until {until}.'],
  REHEARSED: ['{from} was at zero for[[ {minutes} min]][[ {seconds} s]]; nobody missed it, and it is back.'],
  REHEARSAL_BAD: [
    'The rehearsal turned bad: somebody misses the old control plane. {because}',
    'It is put back by itself. Find out who needs it, then ask again.',
  ],
  REHEARSAL_INTERRUPTED: [
    'Whoever watched over the rehearsal was gone, so it counts as failed.',
    'The old control plane is put back by itself; then ask again.',
  ],
  RETIRE_PROVEN: ['Without the old control plane every class of new pods provably gets {to}, and validation answers.'],
  VALIDATOR_LOST: [
    'Validation leads to nothing that answers: {validators}.',
    'It is undone by itself; see who wrote them.',
  ],
  OLD_TAKES_WEBHOOKS: [
    'istioctl would remove with {revision} what by now leads to another revision: {webhooks}.',
    'Write the revision to which it leads ({to}) into its label istio.io/rev, then ask again.',
  ],
  WEBHOOK_LOST: [
    'Webhooks call a Service that is not there: {webhooks}.',
    'Delete them, or point them at a Service that answers; nothing is removed, or what was is put back, until then.',
  ],
  NEW_UNUSED: ['Nobody uses {revision} any more, so it is removed as the rollback decided.'],
  WAY_BACK_OVER: ['The upgrade {run} is over; the old control plane can no longer be put back.'],
} as const satisfies Partial<Catalogue>
