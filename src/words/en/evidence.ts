import type { Catalogue } from '../sentence.ts'

/** Steps at work, evidence and alarms. */
export const evidenceEn = {
  CONTROL_PLANE_READY: ['{ready} {ready|istiod|istiods} of {version} {ready|is|are} ready (revision {revision}).'],
  CONTROL_PLANE_REMOVED: ['The control plane of revision {revision} was removed; nothing of it is left.'],
  NEW_STILL_USED: [
    'The new control plane, revision {revision}, stays because something uses it: {by}.',
    'It can be removed when no pod uses it any more.',
  ],
  DEFAULT_UNCHANGED: ['The default still gives what it gave before.'],
  HTTP_PROBE_SILENT: [
    'The probe {name} gets no answer: {message}. Whether tenants would notice is unknown.',
    'Let its URL be reached from the worker, or take it out of `probes`.',
  ],
  HTTP_PROBE_FAILING: [
    'The probe {name} already gets HTTP {status}.',
    'Mend what it asks first: nothing is begun during an outage.',
  ],
  HTTP_BUDGET_SPENT: [
    'The probe {name} failed {failed} of {requests} times within {seconds} s; {allowed} may. The last: {last}.',
    'The phase is undone by itself. Look at what the URL leads through before it is asked for again.',
  ],
  HTTP_PROBE_LEFT_BAD: [
    'After the last proof the probe {name} still got no good answer, several times in a row. The last: {last}.',
    'The phase is undone by itself. Look at what the URL leads through before it is asked for again.',
  ],
  HTTP_PROBED: [
    'Probe {name}: {requests} {requests|request|requests}, {failed} failed (budget {allowed}), p50 {p50} ms, p99 {p99} ms[[; asked only since {since}]].',
  ],
  ROOTS_EQUAL: ['Both control planes share one root CA.'],
  PROVEN_BEFORE: ['{classes} {classes|class of namespaces is|classes of namespaces are} proven right.'],
  SAVED_BEFORE: ['What was there is saved, with its hash.'],
  OBJECTS_WRITTEN: ['Written: {kind}[[ {target}]].'],
  OBJECTS_PUT_BACK: ['Put back[[: {target}]].'],
  ADOPTED_TAG_STAYS: ['The tag[[ {target}]] stays and gives the old revision again.'],
  SWITCH_PROVEN: ['Every class of new pods provably gets {to}.'],
  NOTHING_PROVEN: ['Nothing could be proven, so it does not count as done.', 'See what refuses the probe pods.'],
  PROOF_WRONG: [
    'A new pod of {class} in {namespace} gets {found} instead of {expected}.',
    'It is undone by itself; see who wrote the injector.',
  ],
  PROOF_UNPROVABLE: [
    '{class} in {namespace} could not be proven.[[ {because}]] It halts here.',
    'See what refuses the probe pod there, then resume or roll back.',
  ],
  VALIDATOR_BEHIND: ['Validation still leads to {from}: {validators}.', 'It is undone by itself; see who wrote them.'],
  PLAN_OUTDATED: [
    'The cluster has other injection objects than the plan; nothing was changed.[[ {because}]][[ Missing: {missing}.]][[ New: {added}.]][[ Other namespaces: {classes}.]]',
    'Where a new plan is safe its card comes by itself. Where it is not, put back what was changed, or roll back and ask for a new upgrade.',
  ],
  PLAN_CHANGED: [
    'The cluster changed, and with it the plan of what has not begun[[; new steps: {added}]][[; steps no longer there: {missing}]][[; namespaces: {classes}]]. What is done stays.',
    'What was approved before does not count for the new steps: read them, then decide.',
  ],
  OLD_REVISION_CHANGED: ['Another revision than the old one of this upgrade is in use now.'],
  DEFAULT_ROUTE_CHANGED: ['The default is injected in another way than when the plan was made.'],
  CLASS_ELSEWHERE: ['New pods of {class} get {found} instead of {expected}: no new plan may make that right.'],
  OBJECT_APPEARED: [
    '{kind} {name} is there though the plan says it is not. Nothing was written.',
    'Somebody made it: find out who, then ask again.',
  ],
  OBJECT_GONE: ['{kind} {name} is gone. Nothing was written.', 'Somebody removed it: find out who, then ask again.'],
  OBJECT_REPLACED: [
    '{kind} {name} was replaced by another of the same name. Nothing was written.',
    'Somebody made it anew: find out who, then ask again.',
  ],
  NOT_SAVED: ['Nothing was saved before {phase}, so it is not begun.', 'Report it with this code.'],
  STEP_NOT_SAVED: ['Step {step} is not among what was saved, so it is not begun.', 'Report it with this code.'],
  STEP_NOT_OURS: ['Step {step} belongs to another worker now.'],
  ALARM_GAP: [
    'New pods of {class}[[ and {moreClasses} more classes]] in {namespace}[[ and {more} more]] do not get their sidecar (expected {expected}, found {found}).[[ {because}]][[ Last writer: {writer}.]][[ Deleted: {deleted}; Kubernetes does not tell by whom.]]',
    'Roll back unless you know the cause. Nothing fights the writer.',
  ],
  ALARM_DOUBLE: [
    'New pods of {class}[[ and {moreClasses} more classes]] in {namespace}[[ and {more} more]] are injected twice.[[ Last writer: {writer}.]][[ Deleted: {deleted}; Kubernetes does not tell by whom.]]',
    'Roll back unless you know the cause. Nothing fights the writer.',
  ],
  ALARM_DRIFT: [
    'New pods of {class}[[ and {moreClasses} more classes]] in {namespace}[[ and {more} more]] get {found} instead of {expected}.[[ Last writer: {writer}.]][[ Deleted: {deleted}; Kubernetes does not tell by whom.]]',
    'Find out who wrote it; roll back, or switch again. Nothing fights the writer.',
  ],
  ALARM_CHANGED: [
    '{objects} changed since our last step[[, written by {writer}]]: {fields}[[ and {more} more]]. New pods still get what they should.',
    'Find out why. Nothing fights the writer; a card that rests on it must be approved anew.',
  ],
  ALARM_BLIND: [
    'What new pods get cannot be seen at the moment, so a gap would not be noticed.[[ {because}]]',
    'Mend what keeps the worker from asking. Nothing was undone for it; nothing new starts until it is over.',
  ],
  ALARM_UNPROVEN: [
    'What new pods of {class}[[ and {moreClasses} more classes]] in {namespace}[[ and {more} more]] get cannot be proven at the moment.[[ {because}]][[ Asked: {via}.]]',
    'Mend the cause that it names. Nothing was undone for it; nothing new starts until it is over.',
  ],
  ALARM_UNSERVED: [
    'Since the plan somebody asked for injection in a new way: {class}, in {namespace}[[ and {more} more]]. New pods there do not get their sidecar.[[ {because}]]',
    'Correct the label of the namespace, or make the tag or revision that it names.',
  ],
  ALARM_UNPLANNED: [
    'Since the plan somebody asked for injection in a new way: {class}, in {namespace}[[ and {more} more]]. New pods there get {found}, and this upgrade does not move them.',
    'Label the namespace for a tag that this upgrade moves, or know that they stay where they are.',
  ],
  ALARM_OPEN: ['An alarm is open, so nothing new starts. {what}', 'End its cause first.'],
  RUN_ENDING: ['The last upgrade of {cluster} is just being closed.', 'Ask again in a few seconds.'],
  RUN_REPLACED: ['The upgrade {run} gave way to a new one.'],
} as const satisfies Partial<Catalogue>
