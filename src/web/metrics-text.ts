/** One number for Prometheus. Labels and values are ours: ids and states, never secrets or foreign text. */
export type Metric = {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** Prometheus' text format 0.0.4: help and type once for each name, its samples together. */
export function metricsText(metrics: readonly Metric[]): string {
  const names = [...new Set(metrics.map(({ name }) => name))]
  return names.map((name) => familyText(metrics.filter((metric) => metric.name === name))).join('')
}

function familyText(samples: readonly Metric[]): string {
  const [first] = samples
  if (!first) return ''
  const lines = samples.map(({ name, labels = {}, value }) => `${name}${labelText(labels)} ${value}`)
  return [`# HELP ${first.name} ${first.help}`, `# TYPE ${first.name} ${first.type}`, ...lines, ''].join('\n')
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
