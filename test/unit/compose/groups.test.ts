import { expect, test } from '@jest/globals'
import { everybodyIn } from '../../../src/config/settings.ts'
import { load } from '../../support/settings-files.ts'

test('who is listed for one phase alone is known to the bot and the doctor: each phase is asked of somebody', () => {
  const listed = (n: number): string => `{ need: ${n}, from: [U0LEE, S0PHASE] }`
  for (const phase of ['install', 'switch', 'gateways', 'retire', 'rollback']) {
    const yaml = `clusters:\n  prod-a:\n    kube: { context: a }\n    channel: C0PROD\napprovals:\n  ${phase}: ${listed(phase === 'retire' ? 2 : 1)}\n`
    const [cluster] = Object.values(load(yaml).clusters)
    expect(cluster && everybodyIn(cluster.approvals)).toContain('S0PHASE')
  }
})
