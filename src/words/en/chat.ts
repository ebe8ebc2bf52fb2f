import type { Catalogue } from '../sentence.ts'

/** Slack and the bot. */
export const chatEn = {
  SLACK_TOKEN_MISSING: ['Slack token {name} is not set.', 'Set {name} (or {name}_FILE) and start the bot again.'],
  SLACK_TOKEN_INVALID: [
    'Slack refused the token {name}[[: {error}]].',
    "Take the token from the app's page at api.slack.com (OAuth & Permissions or Basic Information) and start the bot again.",
  ],
  SLACK_SCOPE_MISSING: [
    'The Slack app lacks the scope {scope}[[, needed for {method}]].',
    "Add {scope} to the app's bot scopes, install the app again, and start the bot again.",
  ],
  SLACK_UNREACHABLE: [
    'Slack cannot be reached[[ at {url}]][[: {message}]].',
    'Check the network and SLACK_API_URL. Nothing is lost: messages are kept and sent when Slack is back.',
  ],
  SLACK_REFUSED: ['Slack refused {method}: {error}.', "See the bot's log; the error names what Slack did not accept."],
  SLACK_CHANNEL_UNUSABLE: [
    'The bot cannot post to channel {channel} ({error}).',
    'Correct the id in meshferry.yaml (it is at the bottom of the details of the channel), or invite the bot there.',
  ],
  SLACK_NOBODY: [
    'The id {id} in meshferry.yaml is nobody who could decide anything ({error}).',
    'Correct it: a member id (U…) from their profile, or the id of a user group (S…).',
  ],
  SLACK_PORT_IN_USE: [
    "Port {port} for Slack's requests cannot be opened[[: {message}]].",
    'Set PORT to a free port, or stop what uses it.',
  ],
  COMMAND_UNKNOWN: ['I do not know “{typed}”.', 'All commands: {command} help.'],
  COMMAND_EXTRA_WORDS: [
    'I do not understand “{typed}” after {verb}. Nothing was done.',
    'Write it like this: {usage}.',
  ],
  VERSION_WORD_INVALID: ['“{typed}” is not an Istio version. Nothing was done.', 'Write three numbers, like 1.31.0.'],
  DAY_WORD_INVALID: [
    '“{typed}” is not a day. Nothing was done.',
    'Write it like 2027-02-04, or like 4 Feb for the next one.',
  ],
  DEADLINE_FAR: [
    'The day {day} is {days} days away; at most 366 are taken. Nothing was done.',
    'Ask again with the day that was meant.',
  ],
  DEADLINE_PAST: [
    'Teams cannot be asked to redeploy by {day}: in {zone} it is {today}. Nothing was done.',
    'Ask again with a day to come, or without “by”: then clusters.NAME.deadline counts, where the file sets it.',
  ],
  CLUSTER_UNKNOWN: ['I know no cluster “{typed}”. Nothing was done.', 'Known clusters: {clusters}.'],
  STALE_CARD: [
    'This card was out of date, so your click changed nothing. It is being drawn again.',
    'Read it again, then click.',
  ],
  CARD_NOT_REMEMBERED: [
    'The bot does not remember this card, so your click changed nothing. The worker was asked to send it again, and what became of it.',
    'Where its upgrade goes on it is known again in a few seconds: then click it. Where the upgrade is over, you hear here how it ended. If neither comes, a newer message took its place, or no record of it is kept: see {command} status.',
  ],
  RUN_IS_ANOTHER: [
    'This button belongs to an upgrade that has ended or was replaced. Nothing was changed.',
    'See what runs now: status {cluster}.',
  ],
  PERSON_OTHER_WORKSPACE: [
    'Your account belongs to another workspace ({team}), so you cannot decide here. Nothing was changed.',
    'Somebody of this workspace can.',
  ],
  PERSON_GUEST: ['Guests cannot decide here. Nothing was changed.', 'A full member of this workspace can.'],
  PERSON_NOT_ACTIVE: [
    'Your account is not an active member of this workspace. Nothing was changed.',
    'An active member can.',
  ],
  PERSON_IS_BOT: ['Apps and bots cannot decide here. Nothing was changed.', 'A person can.'],
  PERSON_UNREADABLE: [
    'Slack did not say who you are just now[[ ({error})]], so nothing was changed.',
    'Click again in a moment.',
  ],
  GROUPS_UNREADABLE: [
    'Slack did not say who belongs to user group {group}[[ ({error})]], so nothing was changed.',
    'Click again in a moment. If it stays, give the app the scope usergroups:read, or list people instead of groups.',
  ],
  QUEUE_UNREACHABLE: [
    'The bot could not reach its queue (Redis). The bot changed nothing; should it have got through after all, the card shows it.',
    'Click again when Redis is back. In an emergency the undo commands are in the cluster (ConfigMap undo).',
  ],
  WORKER_SILENT: [
    'No answer from the worker of {cluster} yet; its last sign of life was {at}.',
    'Is the worker running? If nothing more is said here within 2 minutes, see what stands before you click again.',
  ],
  WORKER_NEVER_SEEN: [
    'No answer from the worker of {cluster} yet, and it has not been seen at all.',
    'Start it: meshferry worker --cluster {cluster}. If nothing more is said here within 2 minutes, click again.',
  ],
  WORKER_WORKING: [
    'The worker of {cluster} is still checking; its last sign of life was {at}.',
    'Nothing to do. If nothing more is said here within 2 minutes, see what stands before you click again.',
  ],
  WORKER_ALL_QUIET: [
    'No worker of {cluster} has been seen since {at}, and an upgrade is running there. Traffic is not affected.',
    "Look at the worker's pods. The upgrade goes on by itself when a worker is back.",
  ],
  REQUEST_LAPSED: [
    'The worker of {cluster} did not answer within 2 minutes. What it has not read by now it will not do any more.',
    'See what stands before you click again: {command} status {cluster}. Should it answer after all, you hear it here.',
  ],
  INTERNAL: [
    'Something unforeseen went wrong: {message}. Nothing more is done.',
    'See the log of the process that said it, and report it with this code.',
  ],
} as const satisfies Partial<Catalogue>
