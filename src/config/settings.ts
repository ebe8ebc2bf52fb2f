import type { Window, Windows } from '../kernel/windows.ts'
import type { Locale } from '../wire/names.ts'

/** Who may decide one thing, and how many of them must. Nobody listed means nobody may. */
export type ApprovalRule = { readonly need: number; readonly from: readonly string[] }

export type ApprovalPolicy = {
  readonly install: ApprovalRule
  readonly switch: ApprovalRule
  readonly rehearse: ApprovalRule
  readonly retire: ApprovalRule
  /** `own`: whoever asked for the upgrade may go back too. */
  readonly rollback: ApprovalRule & { readonly own: boolean }
  readonly expiresMs: number
  readonly requesterMayApprove: boolean
}

/** Everybody whom any rule lists. */
export function everybodyIn({
  install,
  switch: change,
  rehearse,
  retire,
  rollback,
}: ApprovalPolicy): readonly string[] {
  return [install, change, rehearse, retire, rollback].flatMap(({ from }) => from)
}

export type KubeAccess = { readonly context: string } | { readonly inCluster: true }

export type ClusterSettings = {
  readonly name: string
  readonly kube: KubeAccess
  readonly istioNamespace: string
  readonly channel: string
  readonly fallbackChannel?: string
  /** Language of its channels; absent: the file's. */
  readonly locale?: Locale
  readonly timezone: string
  /** Users and groups that an alarm and a halt mention. */
  readonly alarmMention: readonly string[]
  readonly istioctl: { readonly dir: string; readonly sha256: Readonly<Record<string, string>> }
  /** Absolute path; absent where the file names none. */
  readonly operatorFile?: string
  readonly start: { readonly switch: 'whenStarted' | 'atOnce' }
  /** How long nobody must have used the old control plane before it may go, and how long a rehearsal lasts; in ms. */
  readonly retire: { readonly quietMs: number; readonly rehearseMs: number }
  readonly windows: Windows
  /** How long after the proof of the switch teams are asked to have redeployed, in ms; absent: they are asked by no day. */
  readonly deadlineMs?: number
  /** May owners restart their own workloads by a click? */
  readonly restarts: 'off' | 'owners'
  /** URLs of tenants' traffic, with pace and error budget. */
  readonly probes: readonly ProbeSettings[]
  readonly approvals: ApprovalPolicy
  /** Who may ask for an upgrade of this cluster. */
  readonly requestsFrom: readonly string[]
}

/** A URL that is asked each `everyMs`; of the requests of `windowMs` at most `allowed` may fail. */
export type ProbeSettings = {
  readonly name: string
  readonly url: string
  readonly everyMs: number
  readonly windowMs: number
  readonly allowed: number
}

/** A team's own channel, whom a nudge mentions, its language and the zone of its working hours. */
export type TeamSettings = {
  readonly channel: string
  readonly contact?: string
  /** Who may restart its workloads by a click, where the cluster allows it; nobody listed means nobody may. */
  readonly members?: readonly string[]
  readonly locale?: Locale
  readonly timezone?: string
}

/** meshferry.yaml with every default filled in, durations in ms and paths absolute. */
export type FileSettings = {
  readonly file: string
  readonly locale: Locale
  readonly timezone: string
  readonly slackCommand: string
  readonly botPublicKeys: readonly string[]
  readonly namespace: string
  readonly teamLabel: string
  /** When the digest comes, in minutes of a cluster's day. */
  readonly digestAt: number
  readonly teams: Readonly<Record<string, TeamSettings>>
  /** Who is asked for what no team owns; absent: nobody. */
  readonly unowned?: TeamSettings
  readonly nudge: { readonly everyMs: number; readonly max: number; readonly window: Window }
  /** Where workers put the evidence of finished upgrades: an absolute path; absent where they write none. */
  readonly evidenceTo?: string
  /** How long they stay there after the end of an upgrade, in ms; absent: for ever. */
  readonly evidenceKeepMs?: number
  readonly clusters: Readonly<Record<string, ClusterSettings>>
}

/** The environment. What only one of the commands needs is optional here: each command says what it misses. */
export type Environment = {
  readonly slackBotToken?: string
  readonly slackAppToken?: string
  readonly slackSigningSecret?: string
  readonly port?: number
  /** Where /healthz and /metrics are; absent: nowhere. */
  readonly healthPort?: number
  readonly slackApiUrl?: string
  readonly redisUrl?: string
  /** Base64 of PKCS #8 DER, whatever form it was given in. */
  readonly botKey?: string
  /** The first makes new MACs; all are accepted. */
  readonly recordKeys: readonly string[]
  readonly configFile: string
  readonly kubeconfig?: string
  readonly logLevel: string
}

export type Settings = FileSettings & { readonly env: Environment }
