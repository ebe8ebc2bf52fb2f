import { describe, expect, test } from '@jest/globals'
import { PLACE } from '../../../test/gallery/card-entries.ts'
import { runSample } from '../../../test/support/card-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import { drawCard } from './card.ts'
import { runFacts } from './status.ts'

function drawn(state: string): string {
  return JSON.stringify(drawCard(runSample('usual', state, true), look('en'), PLACE))
}

describe('a stop on the way back', () => {
  test.each(['returning', 'undoing'])(
    '%s: the card says where it goes, that it was stopped, and offers to go on',
    (state) => {
      const card = drawn(state)
      expect(card).toContain(state === 'returning' ? 'Returning: ' : 'Going back: ')
      expect(card).toContain('Stopped: nothing new starts until somebody resumes.')
      expect(card).not.toContain('Stopped: upgrade of')
      expect(card).toContain('run.resume')
    },
  )

  test('going forward it is the state of the run, as before', () => {
    expect(drawn('switched')).toContain('Stopped: upgrade of')
  })

  test('status says it too', () => {
    const { from, to } = runSample('usual', 'returning', true)
    const run = { from, to, state: 'returning', phase: 'retire', stopped: true } as Parameters<typeof runFacts>[0]
    expect(runFacts(run, look('en'))['state']).toBe('new pods get the old version again')
    expect(runFacts({ ...run, state: 'switched' }, look('en'))['state']).toBe('stopped, nothing new starts')
  })
})
