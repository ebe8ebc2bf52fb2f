import { expect, test } from '@jest/globals'
import { connectedProxies } from './pilot-metrics.ts'

test.each([
  [
    'two versions',
    '# TYPE pilot_xds gauge\npilot_xds{version="1.30.0"} 3\npilot_xds{version="1.31.0"} 2\npilot_xds_pushes{type="cds"} 90\n',
    5,
  ],
  ['nobody connected, the metric is missing', 'istio_build{component="pilot",tag="1.31.0"} 1\npilot_info 1\n', 0],
  ['large numbers as Prometheus writes them', '# TYPE pilot_xds gauge\npilot_xds{version="1.30.0"} 1.2e+04\n', 12_000],
  ['another program: unknown, not zero', 'go_goroutines 12\n', null],
  ['nothing', '', null],
])('%s', (_, text, proxies) => {
  expect(connectedProxies(text)).toBe(proxies)
})
