import { newArgoCd } from './argocd.ts'
import { newIstiodDies } from './istiod-dies.ts'
import { newRedisFlushed } from './redis-flushed.ts'
import { newSlackAway } from './slack-away.ts'
import type { Trouble, TroubleName } from './trouble.ts'
import type { TroubleParts } from './trouble-parts.ts'
import { newWorkerKilled } from './worker-killed.ts'

/** Every trouble by its name. What Argo CD will put back is what stands in the cluster now. */
export function newTroubles(parts: TroubleParts): Readonly<Record<TroubleName, Trouble>> {
  return {
    argocd: newArgoCd(parts),
    'istiod-dies': newIstiodDies(parts),
    'slack-away': newSlackAway(parts),
    'redis-flushed': newRedisFlushed(parts),
    'worker-killed': newWorkerKilled(parts),
  }
}
