/**
 * `pilot_xds{version="1.30.0"} 3 1395066363000`: proxies connected to this istiod, by their version (Istio 1.7 and later), in
 * Prometheus' text format: labels in quotes, in which everything may stand, and a time where the exporter gives one.
 */
const CONNECTED = /^pilot_xds(?:\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?\s*$/
/** Lines of this metric and of no other whose name begins as it does. */
const OF_CONNECTED = /^pilot_xds(?![a-zA-Z0-9_:])/
const COUNT = /^\+?\d+(?:\.\d*)?(?:e[-+]?\d+)?$/i

/** What every istiod says of itself, also one to which nobody was ever connected. */
const OF_ISTIOD = /^istio_build\{.*component="pilot"/
/** What an istiod begins to say with the first proxy that it serves; errors of its own configuration alone need none. */
const OF_SERVING = /^pilot_(?:xds|proxy)_(?!push_context_errors)/

/**
 * How many proxies an istiod has connected, by the text of its /metrics; null where that can't be known: another program, a line of
 * the metric that isn't understood, or none of it although proxies were served. Sidecars, gateways, ztunnels and virtual machines
 * count alike. Each istiod knows only its own.
 *
 * An istiod says nothing of the metric, not even its type, before the first proxy connects, and keeps it at 0 after the last has
 * gone (pilot/pkg/xds/monitoring.go): only one that has served nobody may be without it.
 */
export function connectedProxies(metrics: string): number | null {
  const lines = metrics.split('\n')
  const counts = lines.filter((line) => OF_CONNECTED.test(line)).map(countOf)
  if (counts.length > 0) return sumOf(counts)
  const servesNobody = lines.some((line) => OF_ISTIOD.test(line)) && !lines.some((line) => OF_SERVING.test(line))
  return servesNobody ? 0 : null
}

/** Null for what is no number of proxies: NaN, an infinity, less than none. */
function countOf(line: string): number | null {
  const text = CONNECTED.exec(line)?.[1] ?? ''
  return COUNT.test(text) ? Number(text) : null
}

function sumOf(counts: readonly (number | null)[]): number | null {
  let sum = 0
  for (const count of counts) {
    if (count === null) return null
    sum += count
  }
  return sum
}
