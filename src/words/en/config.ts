import type { Catalogue } from '../sentence.ts'

/** The file meshferry.yaml. */
export const configEn = {
  CONFIG_YAML: [
    'The file {file} cannot be read as YAML[[ (line {line}]][[, column {column})]]: {message}.',
    'Mend it there.',
  ],
  CONFIG_UNKNOWN_KEY: [
    '{path}[[ ({file}, line {line})]] is not known.',
    '[[Did you mean {nearest}?]][[ Who approves “{phase}” stands there.]]',
  ],
  CONFIG_NOT_BUILT: [
    '{path}[[ ({file}, line {line})]] belongs to a feature that this version does not have yet.',
    'Take it out.',
  ],
  CONFIG_REQUIRED: ['{path}[[ ({file}, line {line})]] is missing.', 'Add it.'],
  CONFIG_INVALID: [
    '{path}[[ ({file}, line {line})]] does not fit: {message}.',
    'Correct it; “meshferry config explain” tells what it may be.',
  ],
  CONFIG_NO_CLUSTER: ['{path}[[ ({file}, line {line})]] names no cluster.', 'Add at least one.'],
  CONFIG_KUBE_ONE_WAY: [
    '{path}[[ ({file}, line {line})]] needs exactly one of context and inCluster: true.',
    'Keep one of them.',
  ],
  CONFIG_KEEP_NOWHERE: [
    '{path}[[ ({file}, line {line})]] says how long evidence is kept, but not in which folder it is written.',
    'Add evidence.to, or take keep out.',
  ],
  CONFIG_DURATION: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no duration.',
    'Write a number and a unit, like 10m, 24h or 28d, up to 3650d.',
  ],
  CONFIG_DAYS: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is less than a day.',
    'Write it in days, like 28d; m is minutes.',
  ],
  CONFIG_ZONE: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no time zone.',
    'Write one like Asia/Shanghai or Europe/Berlin.',
  ],
  CONFIG_WINDOW: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no window.',
    'Write it like “Mon-Thu 10:00-16:00”.',
  ],
  CONFIG_TIME: ['{path}[[ ({file}, line {line})]][[ “{value}”]] is no time of day.', 'Write it like 21:00.'],
  CONFIG_DAY: ['{path}[[ ({file}, line {line})]][[ “{value}”]] is no day.', 'Write it like 2026-12-20.'],
  CONFIG_PROBE_NAME: [
    '{path}[[ ({file} line {line})]] is no name of a probe[[: “{value}”]].',
    'Use lower case letters, digits and hyphens, at most 40.',
  ],
  CONFIG_PROBE_PACE: [
    '{path}[[ ({file} line {line})]] asks too often or too seldom[[: “{value}”]].',
    'Take between 500ms and 60s.',
  ],
  CONFIG_PROBE_TWICE: ['{path}[[ ({file} line {line})]] has two probes of one name.', 'Give each a name of its own.'],
  CONFIG_BUDGET: [
    '{path}[[ ({file} line {line})]] is no error budget[[: “{value}”]].',
    'Write it like 0.1% over 5m; at most 50%.',
  ],
  CONFIG_FREEZE_ORDER: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] ends before it begins.',
    'Put the earlier day under from.',
  ],
  CONFIG_PUBLIC_KEY: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no Ed25519 public key.',
    'Take the one that "meshferry init" wrote beside MESHFERRY_BOT_KEY, in base64.',
  ],
  CONFIG_USER_OR_GROUP: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is neither a Slack user nor a user group.',
    'Use ids that begin with U, W or S; names are not accepted.',
  ],
  CONFIG_CHANNEL: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no Slack channel id.',
    "Use the id that begins with C or G, from the channel's details.",
  ],
  CONFIG_KUBE_NAME: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no Kubernetes name.',
    'Use lower-case letters, digits and dashes, at most 63.',
  ],
  CONFIG_COMMAND: ['{path}[[ ({file}, line {line})]][[ “{value}”]] is no slash command.', 'Write it like /istio.'],
  CONFIG_NAME: [
    '{path}[[ ({file}, line {line})]][[ “{value}”]] is no valid name here.',
    'Use lower-case letters, digits and dashes, at most 40.',
  ],
  CONFIG_ROLLBACK_NEED: [
    '{path}[[ ({file}, line {line})]] can only be 1: one listed person is always enough to go back, so that no way back waits for a second one.',
    'Take it out. If too many people may go back, list fewer under from, and set own to false.',
  ],
} as const satisfies Partial<Catalogue>
