/** Codes of the demo and its stories. Part of codes.ts. */
export const DEMO_CODES = [
  'DEMO_REDIS_MISSING', // the demo finds no Redis server on PATH
  'DEMO_REDIS_FAILED', // the demo's Redis does not start
  'DEMO_PORT_TAKEN', // the demo's page can't be opened on this port
  'STORY_UNKNOWN', // no story of this name
] as const
