/** One ReplicaSet of a Deployment: how many pods it is asked for, and how many of them are available. */
export type SetView = { readonly name: string; readonly wanted: number; readonly available: number }

export type RolloutView = {
  /** Replicas of the Deployment. */
  readonly desired: number
  readonly strategy: unknown
  /** The ReplicaSet of the template as it is now. */
  readonly current: SetView
  /** The others, oldest first. */
  readonly old: readonly SetView[]
}

export type Size = { readonly name: string; readonly replicas: number }

/** How many pods more, and how many fewer, than asked for there may be. Rule: Kubernetes' ResolveFenceposts. */
export function fencesOf(strategy: unknown, desired: number): { readonly surge: number; readonly unavailable: number } {
  const rolling = memberOf(strategy, 'rollingUpdate')
  const surge = amountOf(memberOf(rolling, 'maxSurge'), desired, Math.ceil)
  const unavailable = amountOf(memberOf(rolling, 'maxUnavailable'), desired, Math.floor)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

/** The next sizes of ReplicaSets; empty when the rollout has to wait, or is over. */
export function nextSizes(view: RolloutView): readonly Size[] {
  const running = view.old.filter((set) => set.wanted > 0)
  if (memberOf(view.strategy, 'type') === 'Recreate') {
    if (running.length > 0) return running.map((set) => ({ name: set.name, replicas: 0 }))
    return changed(view.current, view.desired)
  }
  const { surge, unavailable } = fencesOf(view.strategy, view.desired)
  const grown = changed(view.current, currentSize(view, surge))
  return grown.length > 0 ? grown : shrunk(view, running, view.desired - unavailable)
}

/** Paused: only the newest ReplicaSet that has pods follows the number of replicas. */
export function pausedSizes(view: RolloutView): readonly Size[] {
  const all = [...view.old, view.current]
  const scaled = all.findLast((set) => set.wanted > 0) ?? view.current
  const others = all.reduce((sum, set) => sum + (set === scaled ? 0 : set.wanted), 0)
  return changed(scaled, Math.max(0, view.desired - others))
}

/** Rule: Kubernetes' NewRSNewReplicas. */
function currentSize({ desired, current, old }: RolloutView, surge: number): number {
  if (current.wanted >= desired) return desired
  const all = old.reduce((sum, set) => sum + set.wanted, current.wanted)
  return current.wanted + Math.max(0, Math.min(desired + surge - all, desired - current.wanted))
}

/** Rule: Kubernetes' reconcileOldReplicaSets: pods that are no use go first, then as many as availability allows. */
function shrunk({ current }: RolloutView, running: readonly SetView[], least: number): readonly Size[] {
  const all = running.reduce((sum, set) => sum + set.wanted, current.wanted)
  const notYet = current.wanted - current.available
  let room = all - least - notYet
  if (room <= 0) return []
  const cleaned = running.map((set) => {
    const useless = Math.min(room, Math.max(0, set.wanted - set.available))
    room -= useless
    return { ...set, wanted: set.wanted - useless }
  })
  let spare = cleaned.reduce((sum, set) => sum + Math.min(set.available, set.wanted), current.available) - least
  const sizes = cleaned.map((set) => {
    const fewer = Math.max(0, Math.min(set.wanted, spare))
    spare -= fewer
    return { name: set.name, replicas: set.wanted - fewer }
  })
  return sizes.filter((size, index) => size.replicas !== running[index]?.wanted)
}

function changed(set: SetView, replicas: number): readonly Size[] {
  return set.wanted === replicas ? [] : [{ name: set.name, replicas }]
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function amountOf(value: unknown, of: number, round: (amount: number) => number): number {
  if (typeof value === 'number') return value
  const percent = typeof value === 'string' ? Number.parseFloat(value) : 25
  return round((percent * of) / 100)
}
