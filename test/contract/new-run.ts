import { newId } from '../../src/kernel/ids.ts'
import type { Run } from '../../src/wire/run.ts'

const HASH = 'a'.repeat(64)
const AT = '2026-11-20T10:00:00.000Z'

/** The least record that the schema takes. Ids of one millisecond (epoch) have no order. */
export function newRun(cluster: string, bornAt = Date.now()): Run {
  return {
    v: 1,
    id: newId('run', bornAt),
    cluster,
    channel: 'C0PROD',
    requestedBy: { user: 'U0LEE', team: 'T0ACME', groups: [], name: 'Lee' },
    requestedAt: AT,
    plan: {
      v: 1,
      cluster,
      madeAt: AT,
      from: [{ revision: 'default', version: '1.30.0' }],
      to: { revision: '1-31-0', version: '1.31.0' },
      strategy: 'tag',
      steps: [],
      istioctl: { to: HASH },
      operatorFile: HASH,
      classes: [],
      warnings: [],
      acknowledged: [],
      notChecked: [],
    },
    planHash: HASH,
    state: 'waiting',
    phase: 'install',
    cards: [],
    fields: {},
    steps: [],
    conditions: [],
    messages: {},
    progress: [],
    alarms: [],
    pending: [],
    effects: 0,
  }
}
