import { MORE_CODES } from './more-codes.ts'
import { ISTIO_CODES } from './istio-codes.ts'

/**
 * Every code that a person may see, with one line on what it is. Never renamed: logs, audit and runbooks know them. The
 * sentences are in the room `words`, which doesn't compile while one is missing.
 */
export const CODES = [
  ...ISTIO_CODES,
  // Slack and the bot
  'SLACK_TOKEN_MISSING', // a Slack token is not set
  'SLACK_TOKEN_INVALID', // Slack refused a token
  'SLACK_SCOPE_MISSING', // the app lacks a scope
  'SLACK_UNREACHABLE', // Slack can't be reached
  'SLACK_REFUSED', // Slack refused a call
  'SLACK_CHANNEL_UNUSABLE', // the bot can't post to a channel of the file
  'SLACK_NOBODY', // an id of the file is nobody in Slack
  'SLACK_PORT_IN_USE', // the port for Slack's requests can't be opened
  'COMMAND_UNKNOWN', // a word that is no command
  'COMMAND_EXTRA_WORDS', // words that the command doesn't take
  'VERSION_WORD_INVALID', // the version typed is not one
  'DAY_WORD_INVALID', // the day typed after “by” is not one
  'DEADLINE_FAR', // that day is more than a year away
  'DEADLINE_PAST', // the day by which teams are to be asked is over
  'CLUSTER_UNKNOWN', // no such cluster in the bot's file
  'STALE_CARD', // the clicked card isn't the one that stands
  'CARD_NOT_REMEMBERED', // the bot doesn't know this message
  'RUN_IS_ANOTHER', // a button of an older run
  'PERSON_OTHER_WORKSPACE', // somebody of another organisation
  'PERSON_GUEST', // a guest of the workspace
  'PERSON_NOT_ACTIVE', // deleted or not joined yet
  'PERSON_IS_BOT', // an app clicked
  'PERSON_UNREADABLE', // Slack didn't say who clicked
  'GROUPS_UNREADABLE', // Slack didn't say who is in a group
  'QUEUE_UNREACHABLE', // Redis can't be reached
  'WORKER_SILENT', // no verdict yet, and no worker is seen
  'WORKER_NEVER_SEEN', // no verdict yet, and no worker was ever seen
  'WORKER_WORKING', // no verdict yet, but the worker lives
  'WORKER_ALL_QUIET', // a run goes on and no worker was seen for a minute
  'REQUEST_LAPSED', // two minutes without a verdict
  'INTERNAL', // something nobody foresaw
  // Requests, decisions and rights
  'REQUEST_MALFORMED', // not a request
  'REQUEST_KEY_UNKNOWN', // signed with a key that isn't configured
  'REQUEST_FORGED', // the signature is wrong
  'REQUEST_OF_OTHER_CLUSTER', // a request for another cluster
  'REQUEST_TOO_OLD', // older than two minutes, or from the future
  'REQUEST_REPEATED', // an id that was seen
  'NO_RUN', // no upgrade is running
  'RUN_ENDED', // the run is over
  'RUN_ACTIVE', // a run is there already
  'RUN_BUSY', // the run does something else just now
  'RUN_STOPPED', // somebody stopped the run
  'STOPPED_ALREADY', // stopped before
  'STOPPED', // stopped now
  'RESUMED', // goes on
  'NOTHING_TO_RESUME', // it isn't stopped
  'NOTHING_TO_UNDO', // nothing was done yet
  'ROLLING_BACK', // the way back has begun
  'ROLLBACK_STARTED', // the way back begins now
  'ROLLBACK_ASKED', // why it goes back
  'APPROVED_NEEDS_MORE', // recorded, more people are needed
  'APPROVED_AND_STARTED', // recorded, it starts
  'APPROVED_WAITS_FOR_START', // recorded, Start is next
  'APPROVED_BY_YOU', // approved by the same person before
  'REJECTED', // recorded
  'STARTED', // recorded, it starts
  'ASKED_AGAIN', // a new card comes
  'PLANNED', // the upgrade was planned
  'CARD_UNKNOWN', // a card of no run
  'CARD_STALE', // a card of an older revision
  'CARD_EXPIRED', // too late
  'CARD_SUPERSEDED', // a newer card is there
  'CARD_WITHDRAWN', // no longer wanted
  'CARD_REJECTED', // decided already: no
  'CARD_APPROVED_ALREADY', // decided already: yes
  'CARD_STARTED_ALREADY', // started already
  'CARD_NOT_APPROVED_YET', // Start before the approvals
  'CARD_NOT_OPEN', // nothing to decide on it
  'CARD_NOT_WANTED', // the run no longer wants this card
  'CARD_OPEN_ALREADY', // a card is open
  'NOT_DECIDED_IN_TIME', // why a card expired
  'NOT_STARTED_IN_TIME', // why an approval lapsed
  'POLICY_CHANGED', // why a card was superseded
  'CLUSTER_CHANGED', // why a card was superseded
  'TYPED_NAME_WRONG', // another name than the cluster's was typed
  'OUTSIDE_WINDOW', // not at this time
  'FROZEN', // a freeze
  'NOBODY_MAY_ASK', // no one is listed
  'MAY_NOT_ASK', // not listed
  'NO_APPROVERS', // no one is listed
  'NOT_AN_APPROVER', // not listed
  'SELF_APPROVAL', // the requester may not approve
  'MAY_NOT_START', // not listed
  'MAY_NOT_STOP', // not listed
  'NOBODY_MAY_ROLL_BACK', // no one is listed
  'MAY_NOT_ROLL_BACK', // not listed
  // The cluster, its files and its records
  'CLUSTER_UNREACHABLE', // the API server didn't answer
  'CLUSTER_UNAUTHORIZED', // the credentials aren't accepted
  'CLUSTER_FORBIDDEN', // a right is missing
  'CLUSTER_NOT_FOUND', // the object isn't there
  'CLUSTER_CONFLICT', // somebody wrote in between
  'CLUSTER_INVALID', // the API server calls the object invalid
  'CLUSTER_REFUSED', // the API server said no
  'CLUSTER_THROTTLED', // too many requests
  'CLUSTER_KIND_UNSERVED', // the API server doesn't know a kind
  'KUBECONFIG_MISSING', // no kubeconfig
  'KUBECONFIG_UNREADABLE', // a broken kubeconfig
  'KUBE_CONTEXT_MISSING', // no such context
  'KUBE_CREDENTIALS', // the kubeconfig's login failed
  'INSTALL_RIGHTS_MISSING', // the worker may not install
  'INSTALL_RIGHTS_HELD', // doctor: the worker may do everything just now
  'INSTALL_RIGHTS_AWAY', // doctor: the worker may not install just now
  'RECORD_CONTENDED', // the run record changes all the time
  'RECORD_FORGED', // the MAC doesn't match
  'RECORD_UNREADABLE', // the record is broken
  'RECORD_TOO_LARGE', // over 256 KiB
  'RECORD_FULL', // the rest of the record is kept for going back
  'PLAN_TOO_LARGE', // a plan that leaves too little of the record
  'AUDIT_SHORTENED', // audit: lines that it will never get
  // Steps, halts and what the audit keeps
  'NONE', // no reason
  'APPROVAL_ASKED', // audit: a card was posted
  'APPROVED', // audit: somebody approved
  'HALTED', // audit: the run halted
  'RETURNED', // audit: everything was undone
  'RETURNING', // audit: new pods get OLD, NEW stays
  'CANCELLED', // a command was cancelled
  'APPROVAL_EXPIRED', // audit: a card expired
  'STEP_DONE', // audit: a step ended well
  'STEP_FAILED', // audit: a step failed
  'STEP_UNDONE', // audit: a step was undone
  'STEP_OUTDATED', // a report of an attempt that is over
  'UNDO_FAILED', // the way back failed
  'PHASE_DONE', // audit: a phase ended well
  'PHASE_UNDONE', // audit: a phase was undone
  'PHASE_UNPROVEN', // halted: steps done, no proof
  'TAKEN_OVER', // audit: another worker took over
  'ALARM_OVER', // audit: an alarm ended
  'STOPPED_BY_HAND', // alarm: stopped from a terminal
  'ROLLBACK_BY_HAND', // alarm, and why it goes back: asked for from a terminal
  // Steps at work, evidence and alarms
  'CONTROL_PLANE_READY', // evidence
  'CONTROL_PLANE_REMOVED', // evidence
  'NEW_STILL_USED', // evidence: NEW stays
  'DEFAULT_UNCHANGED', // evidence
  'ROOTS_EQUAL', // evidence
  'PROVEN_BEFORE', // evidence
  'SAVED_BEFORE', // evidence
  'OBJECTS_WRITTEN', // evidence
  'OBJECTS_PUT_BACK', // evidence
  'ADOPTED_TAG_STAYS', // evidence: the tag stays
  'SWITCH_PROVEN', // evidence
  'NOTHING_PROVEN', // no proof could be asked
  'PROOF_WRONG', // a proof came out wrong
  'PROOF_UNPROVABLE', // a proof can't be made
  'VALIDATOR_BEHIND', // validation didn't move
  'PLAN_OUTDATED', // other objects than planned
  'PLAN_CHANGED', // a new plan for what has not begun
  'OLD_REVISION_CHANGED', // why no plan is made anew
  'DEFAULT_ROUTE_CHANGED', // why no plan is made anew
  'CLASS_ELSEWHERE', // why no plan is made anew
  'OBJECT_APPEARED', // there, though it should not be
  'OBJECT_GONE', // gone
  'OBJECT_REPLACED', // made anew
  'NOT_SAVED', // nothing saved to go back to
  'STEP_NOT_SAVED', // the step has no saved plan
  'STEP_NOT_OURS', // another worker has it
  'ALARM_GAP', // new pods get no sidecar, or can't be created
  'ALARM_DOUBLE', // new pods are injected twice
  'ALARM_DRIFT', // new pods get another revision
  'ALARM_CHANGED', // somebody else changed what injection rests on; pods still get what they should
  'ALARM_BLIND', // what new pods get can't be seen at all
  'ALARM_UNPROVEN', // what new pods of a class get can't be proven
  'ALARM_UNSERVED', // a class that came after the plan gets no sidecar
  'ALARM_UNPLANNED', // a class that came after the plan gets a revision that isn't moved
  'ALARM_OPEN', // an alarm is open
  'RUN_ENDING', // the last run is being closed
  'RUN_REPLACED', // audit: a new run took its place
  // Who still needs the old control plane, and its retirement
  'PODS_STILL_OLD', // pods with its sidecar
  'SIDECARS_UNKNOWN', // pods with a sidecar of no known revision
  'PROXIES_UNASKED', // no istiod of it to ask
  'PROXIES_UNKNOWN', // an istiod that gave no answer
  'SOURCES_DISAGREE', // no pod, but connected proxies
  'NOBODY_LEFT', // both sources are at zero
  'NOT_COUNTED_YET', // no reading of both sources yet
  'NOT_QUIET_YET', // both at zero, but not for long enough
  'CENSUS_STALE', // the count is old
  'OLD_STILL_RESOLVED', // a tag, template or webhook leads to it
  'OLD_NOT_OURS_TO_REMOVE', // made by another tool
  'OLD_NOT_ISTIOCTLS', // nothing that istioctl would remove
  'OLD_NOT_RESTORABLE', // a saved object could not be put back
  'OLD_SAVED', // evidence
  'OLD_HAS_OTHERS', // the removal would take gateways or CNI with it
  'OLD_AT_WORK_AGAIN', // evidence
  'OLD_REMOVED', // evidence
  'OLD_PUT_BACK', // evidence
  'OLD_RETIRED', // evidence: nothing of it is left
  'REHEARSED', // evidence
  'REHEARSAL_BAD', // somebody missed it
  'REHEARSAL_INTERRUPTED', // its worker was gone
  'RETIRE_PROVEN', // evidence
  'VALIDATOR_LOST', // validation leads nowhere
  'OLD_TAKES_WEBHOOKS', // what the removal takes by its labels serves another revision
  'WEBHOOK_LOST', // a webhook calls a Service that is not there
  'NEW_UNUSED', // audit: on the way back nobody is left on the new one
  'WAY_BACK_OVER', // audit: it can't be put back any more
  // Why pods still carry an old sidecar
  'NOT_REDEPLOYED', // its next redeploy moves it
  'IMAGE_PINNED', // an annotation pins the sidecar's image
  'ASKS_FOR_OLD', // what its labels ask for leads to OLD
  'ASKS_FOR_OTHER', // what its labels ask for leads to a third revision
  'INJECTION_OFF', // nothing injects its new pods
  'INJECTED_BY_HAND', // the sidecar is in the template itself
  'MADE_BY_ISTIOD', // a gateway that istiod makes for a Gateway object
  'REDEPLOY_UNKNOWN', // what new pods would get can't be told
  'BARE_POD', // no workload controls it
  'STATIC_POD', // made from a file of its node
  'NO_ROLLOUT', // a changed template reaches no pod
  'KIND_UNKNOWN', // a kind of an operator
  'NEXT_RUN', // a CronJob
  'ENDS_WITH_JOB', // a Job
  'ROLLOUT_PAUSED', // a paused Deployment
  'ON_DELETE', // its pods change only when deleted
  'ROLLOUT_PARTITION', // a StatefulSet's partition holds pods back
  'ROLLOUT_UNFINISHED', // it was redeployed, and old pods are left
  'SCALED_TO_ZERO', // what is left of it ends
  // The worker's own parts
  'LEASE_LOST', // another worker leads
  'JOB_MALFORMED', // a job that is none
  'AUDIT_CONTENDED', // the audit chain changes all the time
  'RECORD_KEY_MISSING', // no record key
  'RECORD_KEY_UNREADABLE', // a terminal can't read the record key
  'CONTEXT_NEEDED', // a terminal must name the kubeconfig's context
  'REASON_MISSING', // a terminal gave no reason
  'LEAD_WANTED', // a terminal takes the lead
  'HTTP_PROBE_SILENT', // a configured URL gives no answer: unknown, the gate is closed
  'HTTP_PROBE_FAILING', // a configured URL answers badly before anything was begun
  'HTTP_BUDGET_SPENT', // more requests to a configured URL failed than its budget allows
  'HTTP_PROBE_LEFT_BAD', // a configured URL does not answer well after the last proof of a phase
  'HTTP_PROBED', // evidence: how the requests to a configured URL went
  'EVIDENCE_WRITTEN', // the evidence is in these files
  'EVIDENCE_UNWRITABLE', // the evidence could not be put into its folder
  'EVIDENCE_NOT_REMOVED', // evidence that is too old could not be removed
  'AUDIT_HOLDS', // the audit chain is whole
  'AUDIT_BROKEN', // the audit chain is broken
  'REDIS_UNREACHABLE', // Redis can't be reached
  'NAMESPACE_MISSING', // our namespace isn't there
  'WORKER_INJECTED', // an injector matches our own pods
  'WORKER_BEHIND_WEBHOOK', // a fail-closed webhook matches our own pods
  'REFUSED', // audit: a request was refused
  // The file meshferry.yaml
  'CONFIG_YAML', // not YAML
  'CONFIG_UNKNOWN_KEY', // a key that isn't known
  'CONFIG_NOT_BUILT', // a key of a later version
  'CONFIG_REQUIRED', // a key that is missing
  'CONFIG_INVALID', // a value that doesn't fit
  'CONFIG_NO_CLUSTER', // no cluster
  'CONFIG_KUBE_ONE_WAY', // both ways to the cluster, or none
  'CONFIG_DURATION', // no duration
  'CONFIG_DAYS', // a time of less than a day
  'CONFIG_KEEP_NOWHERE', // evidence that is written nowhere is kept for a time
  'CONFIG_ZONE', // no time zone
  'CONFIG_WINDOW', // no window
  'CONFIG_DAY', // no day
  'CONFIG_TIME', // no time of day
  'CONFIG_PROBE_NAME', // no name of a probe
  'CONFIG_PROBE_PACE', // a probe too often or too seldom
  'CONFIG_PROBE_TWICE', // two probes of one name
  'CONFIG_BUDGET', // no error budget
  'CONFIG_FREEZE_ORDER', // a freeze that ends before it begins
  'CONFIG_PUBLIC_KEY', // no public key
  'CONFIG_USER_OR_GROUP', // no Slack id
  'CONFIG_CHANNEL', // no channel id
  'CONFIG_KUBE_NAME', // no Kubernetes name
  'CONFIG_COMMAND', // no slash command
  'CONFIG_NAME', // no valid name
  'CONFIG_MISSING', // no file
  'CONFIG_ROLLBACK_NEED', // more than one person for the way back
  'CONFIG_NEED_UNREACHABLE', // more approvals than people
  // The environment
  'ARGUMENT_UNKNOWN', // a word on the command line
  'FILE_EXISTS', // a file that init would write over
  'ENV_MISSING', // a variable that is needed
  'ENV_INVALID', // a value that doesn't fit
  'ENV_TWICE', // a variable and its _FILE twin
  'ENV_FILE_UNREADABLE', // a _FILE that can't be read
  'BOT_KEYS_MISSING', // a worker without a bot's public key
  'BOT_KEY_NOT_LISTED', // a bot whose key no worker of the file believes
  ...MORE_CODES,
] as const
export type Code = (typeof CODES)[number]
