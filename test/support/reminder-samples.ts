import type { ReminderFacts } from '../../src/wire/card-facts.ts'
import { about, AT, type Size } from './sample-size.ts'

export const REMINDER_STAGES = [
  'open',
  'thanks',
  'approved',
  'started',
  'rejected',
  'expired',
  'superseded',
  'withdrawn',
  'start',
  'lapsed',
] as const

export function reminderSample(size: Size, stage: ReminderFacts['stage']): ReminderFacts {
  const nobody = stage === 'open' || stage === 'expired'
  return {
    card: 'reminder',
    ...about(size),
    phase: 'switch',
    stage,
    requestedBy: 'U0LEE',
    have: nobody ? 0 : 2,
    need: 2,
    expiresAt: '2026-11-27T09:00:00.000Z',
    ...(nobody ? {} : { by: size === 'usual' ? 'U0MEI' : 'U0STRANGER', at: AT }),
    link: 'https://example.slack.com/archives/C0PROD/p1764000000000000',
  }
}
