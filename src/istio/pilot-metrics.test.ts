import { expect, test } from '@jest/globals'
import { connectedProxies } from './pilot-metrics.ts'

const TYPE = '# TYPE pilot_xds gauge\n'
const PILOT = 'istio_build{component="pilot",tag="1.31.0"} 1\n'

test.each([
  [
    'two versions',
    `${TYPE}pilot_xds{version="1.30.0"} 3\npilot_xds{version="1.31.0"} 2\npilot_xds_pushes{type="cds"} 90\n`,
    5,
  ],
  ['everybody has gone', `${PILOT}${TYPE}pilot_xds{version="1.30.0"} 0\npilot_xds_pushes{type="cds"} 90\n`, 0],
  ['nobody was ever connected, the metric is missing', `${PILOT}pilot_info 1\npilot_services 4\n`, 0],
  ['nobody yet, and its own configuration is wrong', `${PILOT}pilot_xds_push_context_errors 1\n`, 0],
  ['large numbers as Prometheus writes them', `${TYPE}pilot_xds{version="1.30.0"} 1.2e+04\n`, 12_000],
  ['with a time', `${TYPE}pilot_xds{version="1.30.0"} 3 1395066363000\n`, 3],
  ['braces, quotes and spaces in a label', `${TYPE}pilot_xds{version="1.30.0-{x} \\"}\\\\"} 3\n`, 3],
  ['without labels, and with lines of Windows', `${TYPE}pilot_xds 3\r\n`, 3],
  ['no number', `${TYPE}pilot_xds{version="1.30.0"} NaN\n`, null],
  ['no end', `${TYPE}pilot_xds{version="1.30.0"} +Inf\n`, null],
  ['less than none', `${TYPE}pilot_xds{version="1.30.0"} -1\n`, null],
  ['a label without an end, beside one that is understood', `pilot_xds{version="1.30.0} 3\npilot_xds 0\n`, null],
  ['cut off in the middle', `${PILOT}${TYPE}pilot_xds{version="1.3`, null],
  ['its type alone: no istiod says that', TYPE, null],
  ['the metric has another name', `${PILOT}pilot_xds_clients{version="1.30.0"} 3\n`, null],
  ['proxies are served, and none is counted', `${PILOT}pilot_xds_pushes{type="cds"} 90\n`, null],
  ['another program', 'go_goroutines 12\n', null],
  ['nothing', '', null],
])('%s', (_, text, proxies) => {
  expect(connectedProxies(text)).toBe(proxies)
})
