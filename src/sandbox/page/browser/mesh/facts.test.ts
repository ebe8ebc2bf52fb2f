import { expect, test } from '@jest/globals'
import { meshAt } from '../../parts-for-tests.ts'
import type { PageState } from '../../page-state.ts'
import { drawControlPlanes } from './facts.ts'

test('the two numbers of a control plane have words, for the ear and for the eye', () => {
  const page = { mesh: meshAt(0), demo: { versions: { from: '1.30.0', to: '1.31.0' } } } as unknown as PageState
  const drawn = JSON.stringify(drawControlPlanes(page))
  const words = '3 of 3 replicas ready, 1,164 sidecars hold on to it'
  expect(drawn).toContain(`"aria-label":"${words}"`)
  expect(drawn).toContain(`"title":"${words}"`)
})
