import type { Settings } from '../config/settings.ts'
import { systemClock, type Clocks } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'

export const CLOCKS: Clocks = { calendar: systemClock, machine: systemClock }

export function redisUrl(settings: Settings): string {
  return settings.env.redisUrl ?? missing('REDIS_URL')
}

/** Throws ENV_MISSING {name}. */
export function missing(name: string): never {
  throw new CodedError('ENV_MISSING', { name })
}
