import { z } from 'zod'
import { parseDuration } from '../kernel/durations.ts'
import { parseErrorBudget } from '../kernel/error-budget.ts'
import { isDay, minuteOfDay, parseWindow } from '../kernel/windows.ts'
import { isZone } from '../kernel/zone.ts'
import { publicKeyForm } from './keys.ts'

const DAY_MS = 86_400_000
/** Longer than anybody waits, and far from what no calendar can count. */
const LONGEST_MS = 3650 * DAY_MS

/** Texts of the file that mean something. The message of each refinement is the code that `problems.ts` reports. */
export const duration = z.string().refine((text) => {
  const ms = parseDuration(text) ?? 0
  return ms > 0 && ms <= LONGEST_MS
}, 'CONFIG_DURATION')
/** A day or more: `2m` are minutes, and whoever writes it here means months. */
export const days = duration.refine((text) => (parseDuration(text) ?? DAY_MS) >= DAY_MS, 'CONFIG_DAYS')
/** How often a URL may be asked: not more than twice a second, and at least once a minute. */
export const probePace = duration.refine((text) => {
  const ms = parseDuration(text) ?? 0
  return ms >= 500 && ms <= 60_000
}, 'CONFIG_PROBE_PACE')
export const budget = z.string().refine((text) => parseErrorBudget(text) !== null, 'CONFIG_BUDGET')
export const zone = z.string().refine(isZone, 'CONFIG_ZONE')
export const window = z.string().refine((text) => parseWindow(text) !== null, 'CONFIG_WINDOW')
export const hours = z.string().refine((text) => parseWindow(`Mon ${text}`) !== null, 'CONFIG_WINDOW')
export const weekdays = z.string().refine((text) => parseWindow(`${text} 10:00-18:00`) !== null, 'CONFIG_WINDOW')
export const timeOfDay = z.string().refine((text) => minuteOfDay(text) !== null, 'CONFIG_TIME')
export const day = z.string().refine(isDay, 'CONFIG_DAY')
export const publicKey = z.string().refine((text) => publicKeyForm(text) !== null, 'CONFIG_PUBLIC_KEY')

/** A user (`U…`, `W…`) or a user group (`S…`). */
export const userOrGroup = z.string().regex(/^[UWS][A-Z0-9]{2,}$/, 'CONFIG_USER_OR_GROUP')
export const channel = z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'CONFIG_CHANNEL')
export const kubeName = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'CONFIG_KUBE_NAME')
