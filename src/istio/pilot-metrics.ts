/** `pilot_xds{version="1.30.0"} 3`: proxies connected to this istiod, by their version (Istio 1.7 and later). */
const CONNECTED = /^pilot_xds(?:\{[^}]*\})?\s+(\d+(?:\.\d+)?(?:e\+?\d+)?)\s*$/

/** What every istiod says of itself, also one to which nobody was ever connected: only then is a missing metric a zero. */
const OF_ISTIOD = /^(?:istio_build\{.*component="pilot"|# TYPE pilot_xds )/m

/**
 * How many proxies an istiod has connected, by the text of its /metrics; null where that isn't an istiod's. Sidecars, gateways,
 * ztunnels and virtual machines count alike. Each istiod knows only its own.
 */
export function connectedProxies(metrics: string): number | null {
  if (!OF_ISTIOD.test(metrics)) return null
  return metrics
    .split('\n')
    .map((line) => Number(CONNECTED.exec(line)?.[1] ?? 0))
    .reduce((sum, proxies) => sum + proxies, 0)
}
