import type { Catalogue } from '../sentence.ts'

/** Requests, decisions and rights. */
export const requestsEn = {
  REQUEST_MALFORMED: [
    'The worker got a request that it cannot read. Nothing was changed.',
    'Bring bot and worker to the same version, then click again.',
  ],
  REQUEST_KEY_UNKNOWN: [
    'The request was signed with key {key}, which the worker does not know. Nothing was changed.',
    "Put the bot's public key into bot.publicKeys of the worker's file.",
  ],
  REQUEST_FORGED: [
    'The signature of a request does not match its content (key {key}). Nothing was changed.',
    'Somebody may be writing to Redis: look at who can, then click again.',
  ],
  REQUEST_OF_OTHER_CLUSTER: [
    "A request for {cluster} came to another cluster's worker. Nothing was changed.",
    'Look at the queue names in Redis and who can write to them.',
  ],
  REQUEST_TOO_OLD: [
    'The request was {seconds} s old when the worker read it, so it was not recorded.',
    'Click again. If this repeats, compare the clocks of bot and worker.',
  ],
  REQUEST_REPEATED: [
    'This request was handled before. Nothing was changed by the repetition.',
    'Look at the card for what became of it.',
  ],
  NO_RUN: [
    'No upgrade is running on this cluster. Nothing was changed.',
    'Start one with the command upgrade; how the last one ended says the command report.',
  ],
  RUN_ENDED: ['This upgrade ended[[ {at}]]. Nothing was changed.', 'Start a new one with the command upgrade.'],
  RUN_ACTIVE: [
    'An upgrade of this cluster is under way already[[ ({run})]]. Nothing was changed.',
    'See its status, or roll it back first.',
  ],
  RUN_BUSY: [
    'The upgrade is busy ({state}, {phase}). Nothing was changed.',
    'Wait for the step to end, then ask again.',
  ],
  RUN_STOPPED: ['The upgrade was stopped[[ by {who}]][[ {at}]]. Nothing new starts.', 'Resume it, or roll back.'],
  STOPPED_ALREADY: ['It was stopped already[[ by {who}]][[ {at}]].', 'Resume it, or roll back.'],
  STOPPED: [
    'Stopped: nothing new starts.[[ New pods still get {gets}.]][[ New pods get one of {between}: the switch is not done.]][[ The step that runs, {running}, ends and is verified.]]',
    'Resume, or roll back if something is wrong.',
  ],
  RESUMED: ['The upgrade goes on.', 'Watch the progress message.'],
  RESUMED_BACK: ['The way back goes on.', 'Watch the progress message.'],
  NOTHING_TO_RESUME: ['Nothing to resume: the upgrade is not stopped ({state}).', 'See its status.'],
  NOTHING_TO_UNDO: ['Nothing has to be undone: this upgrade changed nothing in the cluster.', 'Nothing to do.'],
  ROLLING_BACK: ['The upgrade is going back already[[ (since {at})]].', 'Watch the progress message.'],
  ROLLBACK_STARTED: [
    'Going back now. New pods get the old version as soon as it is proven; running pods are not touched.',
    'Watch the progress message.',
  ],
  ROLLBACK_ASKED: ['{who} asked to go back[[: {reason}]].', 'Watch the progress message.'],
  APPROVED_NEEDS_MORE: [
    'Your approval of {phase} is recorded: {have} of {need}.',
    'Another approver must approve too.',
  ],
  APPROVED_AND_STARTED: ['Your approval is recorded and {phase} starts.', 'Watch the progress message.'],
  APPROVED_WAITS_FOR_START: [
    'Your approval is recorded: {phase} is approved.',
    'Press Start on the card when it shall begin.',
  ],
  APPROVED_BY_YOU: [
    'You have approved this already ({have} of {need}). Your click changed nothing.',
    'Another person must approve.',
  ],
  REJECTED: [
    'Your rejection of {phase} is recorded. Nothing was changed in the cluster.',
    'Ask again from the card when the reason is gone.',
  ],
  STARTED: ['{phase}: started.', 'Watch the progress message.'],
  ASKED_AGAIN: ['The checks run again; a new card for {phase} follows.', 'Read the new card, then decide.'],
  PLANNED: [
    'The upgrade[[ to Istio {to}]] is planned; its approval card is posted in the channel.',
    'Read the card, then approve.',
  ],
  CARD_UNKNOWN: [
    'This card belongs to no upgrade that is running. Nothing was changed.',
    'See the status, or ask for the upgrade again.',
  ],
  CARD_STALE: [
    'This card was out of date when it was clicked, so nothing was changed.',
    'Read the card as it stands now, then click again.',
  ],
  CARD_EXPIRED: [
    'This card expired {at}. Nothing was changed.',
    'Ask again from the card, or ask {requester} to: the checks run anew.',
  ],
  CARD_SUPERSEDED: [
    'This card was replaced[[ {at}]].[[ {because}]] Your click changed nothing.',
    'Use the newer card.',
  ],
  CARD_WITHDRAWN: ['This card was withdrawn[[ {at}]].[[ {because}]] Your click changed nothing.', 'See the status.'],
  CARD_REJECTED: [
    'This card was rejected[[ by {who}]][[, {at}]][[: {reason}]]. A rejection is final.',
    'Ask again from the card: a new one is made.',
  ],
  CARD_APPROVED_ALREADY: [
    'This card was approved already[[ by {who}]][[, {at}]]. Your click changed nothing.',
    'Press Start when it shall begin.',
  ],
  CARD_STARTED_ALREADY: [
    'This was started already[[ by {who}]][[, {at}]]. Your click changed nothing.',
    'Watch the progress message.',
  ],
  CARD_NOT_APPROVED_YET: [
    'This card is not approved yet: {have} of {need}. Nothing was started.',
    'Wait for the approvals.',
  ],
  CARD_NOT_OPEN: ['There is nothing to decide on this card any more.', 'See the status.'],
  CARD_NOT_WANTED: ['The upgrade no longer waits for {phase}. Nothing was changed.', 'See the status.'],
  CARD_OPEN_ALREADY: ['A card for {phase} is open already.', 'Decide on that one.'],
  NOT_DECIDED_IN_TIME: [
    'Nobody decided on {phase} in time. Nothing was changed.',
    'Ask again when there is time for it.',
  ],
  NOT_STARTED_IN_TIME: [
    '{phase} was approved but not started in time, so the approval lapsed. Nothing was changed.',
    'Ask again when it shall begin.',
  ],
  POLICY_CHANGED: ['The rules for {phase} changed after this card was posted.', 'Decide on the newer card.'],
  CLUSTER_CHANGED: [
    'The cluster changed after this card was posted: {changed}. Nothing was changed by us.',
    'Read the newer card, then decide.',
  ],
  TYPED_NAME_WRONG: [
    'What was typed, “{typed}”, is not the name of the cluster, {cluster}. Nothing was recorded.',
    'Click Approve again and type the name as it stands on the card.',
  ],
  OUTSIDE_WINDOW: [
    'Now is outside the configured windows[[; the next one opens {opens}]][[: {why}]]. Nothing was started.',
    'Start it within a window. Going back is always possible.',
  ],
  FROZEN: [
    'There is a freeze now[[: {why}]][[; it can start from {opens}]]. Nothing was started.',
    'Start it after the freeze. Going back is always possible.',
  ],
  NOBODY_MAY_ASK: [
    'Nobody is listed who may ask for upgrades, so nobody may.',
    "List people or groups under requests.from in the worker's file.",
  ],
  MAY_NOT_ASK: [
    'You are not among those who may ask for this upgrade ({listed}). Nothing was changed.',
    'Ask one of them.',
  ],
  NO_APPROVERS: [
    'Nobody is listed who may approve {phase}, so nobody may.',
    "List people or groups under approvals in the worker's file.",
  ],
  NOT_AN_APPROVER: [
    'You cannot decide on {phase}: it needs {listed}. Nothing was changed; the attempt is in the audit log.',
    'Ask one of them.',
  ],
  SELF_APPROVAL: [
    'You asked for this upgrade, so somebody else must approve {phase}. Nothing was changed; the attempt is in the audit log.',
    'Ask one of {listed}.',
  ],
  MAY_NOT_START: [
    'You cannot start {phase}: the requester or one of {listed} can. Nothing was changed.',
    'Ask one of them.',
  ],
  MAY_NOT_STOP: ['You cannot stop or resume this upgrade; {listed} can. Nothing was changed.', 'Ask one of them.'],
  NOBODY_MAY_ROLL_BACK: [
    'Nobody is listed who may roll back.',
    "List people or groups under approvals.rollback in the worker's file. The undo commands are in the cluster too.",
  ],
  MAY_NOT_ROLL_BACK: [
    'You cannot roll back; {listed} can. Nothing was changed.',
    'Ask one of them. The undo commands are in the cluster too.',
  ],
} as const satisfies Partial<Catalogue>
