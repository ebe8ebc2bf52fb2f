import { z } from 'zod'

/** Cluster names become queue names, ConfigMap labels and chat text, so they are DNS-like and at most 40 long. */
export const clusterName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/)
export const runId = z.string().regex(/^run-[0-9a-hjkmnp-tv-z]{26}$/)
export const approvalId = z.string().regex(/^ap-[0-9a-hjkmnp-tv-z]{26}$/)
export const requestId = z.string().regex(/^rq-[0-9a-hjkmnp-tv-z]{26}$/)
export const istioVersion = z.string().regex(/^\d+\.\d+\.\d+([-.+_][0-9A-Za-z.+_-]+)?$/)
export const revisionName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,54}[a-z0-9])?$/)
export const slackUser = z.string().regex(/^[UW][A-Z0-9]{2,}$/)
export const slackGroup = z.string().regex(/^S[A-Z0-9]{2,}$/)
export const slackChannel = z.string().regex(/^[CGD][A-Z0-9]{2,}$/)
export const isoTime = z.iso.datetime()
export const hex256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The phases that this version runs, in order (design.md §6); between the switch and the rehearsal pods migrate. */
export const PHASES = ['install', 'switch', 'rehearse', 'retire'] as const
export const phaseName = z.enum(PHASES)
export type PhaseName = z.infer<typeof phaseName>

export const locale = z.enum(['en', 'zh'])
export type Locale = z.infer<typeof locale>
