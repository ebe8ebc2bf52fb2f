import { dirname, isAbsolute, resolve } from 'node:path'
import { parseDuration } from '../kernel/durations.ts'
import { allowedFailures, parseErrorBudget } from '../kernel/error-budget.ts'
import type { Windows } from '../kernel/windows.ts'
import { minuteOfDay, parseWindow } from '../kernel/windows.ts'
import type { RawCluster } from './cluster-schema.ts'
import { DEFAULTS } from './defaults.ts'
import { given } from './environment.ts'
import type { RawFile } from './file-schema.ts'
import { publicKeyForm } from './keys.ts'
import { resolveApprovals } from './resolve-approvals.ts'
import type {
  ApprovalPolicy,
  ClusterSettings,
  FileSettings,
  KubeAccess,
  ProbeSettings,
  TeamSettings,
} from './settings.ts'

/** Fills in the defaults and turns texts into numbers and paths. The raw file has passed its schema. */
export function resolveFile(file: string, raw: RawFile): FileSettings {
  const timezone = raw.timezone ?? DEFAULTS.timezone
  const clusters = Object.entries(raw.clusters).map(([name, one]) => {
    return [name, resolveCluster(name, one, raw, { folder: dirname(file), timezone })] as const
  })
  return {
    file,
    locale: raw.locale ?? DEFAULTS.locale,
    timezone,
    slackCommand: raw.slack?.command ?? DEFAULTS.command,
    botPublicKeys: (raw.bot?.publicKeys ?? []).flatMap((key) => publicKeyForm(key) ?? []),
    namespace: raw.namespace ?? DEFAULTS.namespace,
    ...peopleSide(raw),
    ...evidenceOf(raw.evidence ?? {}, dirname(file)),
    clusters: Object.fromEntries(clusters),
  }
}

type RawEvidence = NonNullable<RawFile['evidence']>

function evidenceOf({ to, keep }: RawEvidence, folder: string): Pick<FileSettings, 'evidenceTo' | 'evidenceKeepMs'> {
  const path = to === undefined ? undefined : pathFrom(folder, to)
  return { ...given('evidenceTo', path), ...given('evidenceKeepMs', durationOf(keep)) }
}

function peopleSide({
  teams,
  digest,
  nudge = {},
}: RawFile): Pick<FileSettings, 'teamLabel' | 'digestAt' | 'teams' | 'unowned' | 'nudge'> {
  return {
    ...teamsOf(teams ?? {}),
    nudge: nudgeOf(nudge),
    teamLabel: teams?.label ?? DEFAULTS.teamLabel,
    digestAt: minuteOfDay(digest?.at ?? DEFAULTS.digestAt) ?? 0,
  }
}

function teamsOf({ known = {}, unowned }: NonNullable<RawFile['teams']>): Pick<FileSettings, 'teams' | 'unowned'> {
  return {
    teams: Object.fromEntries(Object.entries(known).map(([name, team]) => [name, teamOf(team)])),
    ...given('unowned', unowned && teamOf(unowned)),
  }
}

type RawTeam = NonNullable<NonNullable<RawFile['teams']>['known']>[string]

function teamOf({ channel, contact, members, locale, timezone }: RawTeam): TeamSettings {
  const told = { channel, ...given('contact', contact), ...given('members', members) }
  return { ...told, ...given('locale', locale), ...given('timezone', timezone) }
}

function nudgeOf({ every, max, between, days }: NonNullable<RawFile['nudge']>): FileSettings['nudge'] {
  const window = parseWindow(`${days ?? DEFAULTS.nudgeDays} ${between ?? DEFAULTS.nudgeBetween}`)
  return {
    everyMs: parseDuration(every ?? DEFAULTS.nudgeEvery) ?? 0,
    max: max ?? DEFAULTS.nudgeMax,
    // Both texts have passed the schema.
    window: window ?? { days: [], from: 0, to: 0 },
  }
}

type Around = { readonly folder: string; readonly timezone: string }

function resolveCluster(name: string, one: RawCluster, file: RawFile, around: Around): ClusterSettings {
  const approvals = resolveApprovals(file.approvals ?? {}, one.approvals ?? {})
  const operatorFile = one.operatorFile === undefined ? undefined : pathFrom(around.folder, one.operatorFile)
  return {
    name,
    kube: kubeOf(one.kube),
    istioNamespace: one.istioNamespace ?? DEFAULTS.istioNamespace,
    ...chatOf(one),
    timezone: one.timezone ?? around.timezone,
    istioctl: istioctlOf(one, around.folder),
    ...given('operatorFile', operatorFile),
    ...paceOf(one),
    restarts: one.restarts ?? DEFAULTS.restarts,
    probes: (one.probes ?? []).map(probeOf),
    approvals,
    requestsFrom: file.requests?.from ?? approversOf(approvals),
  }
}

function chatOf(one: RawCluster): Pick<ClusterSettings, 'channel' | 'fallbackChannel' | 'locale' | 'alarmMention'> {
  return {
    channel: one.channel,
    ...given('fallbackChannel', one.fallbackChannel),
    ...given('locale', one.locale),
    alarmMention: one.alarm?.mention ?? [],
  }
}

function approversOf({ install, switch: change }: ApprovalPolicy): readonly string[] {
  return [...new Set([...install.from, ...change.from])]
}

function kubeOf({ context }: RawCluster['kube']): KubeAccess {
  return context === undefined ? { inCluster: true } : { context }
}

function istioctlOf({ istioctl }: RawCluster, folder: string): ClusterSettings['istioctl'] {
  return { dir: pathFrom(folder, istioctl?.dir ?? DEFAULTS.istioctlDir), sha256: istioctl?.sha256 ?? {} }
}

/** When something may start, and how long what waits. */
function paceOf(one: RawCluster): Pick<ClusterSettings, 'start' | 'retire' | 'windows' | 'deadlineMs'> {
  const { quietFor = DEFAULTS.quietFor, rehearse = DEFAULTS.rehearse } = one.retire ?? {}
  return {
    start: { switch: one.start?.switch ?? DEFAULTS.startSwitch },
    retire: { quietMs: parseDuration(quietFor) ?? 0, rehearseMs: parseDuration(rehearse) ?? 0 },
    windows: windowsOf(one),
    ...given('deadlineMs', durationOf(one.deadline)),
  }
}

function probeOf({ name, url, every, budget }: NonNullable<RawCluster['probes']>[number]): ProbeSettings {
  const everyMs = parseDuration(every ?? DEFAULTS.probeEvery) ?? 0
  // Both texts have passed the schema.
  const parsed = parseErrorBudget(budget ?? DEFAULTS.probeBudget) ?? { share: 0, windowMs: 0 }
  return { name, url, everyMs, windowMs: parsed.windowMs, allowed: allowedFailures(parsed, everyMs) }
}

function windowsOf({ windows }: RawCluster): Windows {
  return { allow: (windows?.allow ?? []).flatMap((text) => parseWindow(text) ?? []), freeze: windows?.freeze ?? [] }
}

/** A duration that may be left out, and has passed the schema. */
function durationOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (parseDuration(text) ?? undefined)
}

function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : resolve(folder, path)
}
