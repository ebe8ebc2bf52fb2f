import { expect, test } from '@jest/globals'
import { aProof } from '../../test/support/run-builders.ts'
import { codedOf } from '../upgrade/event.ts'
import { sayLine } from '../words/say.ts'
import { verifiedBy } from './verified.ts'

test('a proof that could not be made says its cause with all that the cause names, in every language', () => {
  const because = codedOf('MESH_PART_UNREADABLE', { part: 'mutatingWebhooks', reason: 'the server hung up' })
  const verified = verifiedBy([aProof('right'), { ...aProof('unprovable'), because }], [])
  if (verified.ok) throw new Error('it was verified')
  const { code, facts } = verified.error
  for (const locale of ['en', 'zh'] as const) {
    expect(sayLine(code, facts, locale)).toMatch(/mutatingWebhooks.*the server hung up/)
    expect(sayLine(code, facts, locale)).not.toMatch(/[?？]/)
  }
})
