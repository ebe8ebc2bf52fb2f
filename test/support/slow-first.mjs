// Jest's order of test files: what takes longest begins first, so that no worker is left alone with it at the end. Jest's own
// order needs a cache of earlier runs, which a fresh clone does not have. It asks for a class with these methods.
import { statSync } from 'node:fs'

/** Longest first; all others by their size. */
const SLOW = [
  '/kill.journey.test.ts',
  '/stories.journey.test.ts',
  '/retire-gates.journey.test.ts',
  '.quick.journey.test.ts',
  'fake-istioctl/istioctl.test.ts',
  '.contract.test.ts',
  'lost-replies.test.ts',
  '.property.test.ts',
]

/** @typedef {{ path: string }} TestFile */

export default class SlowFirst {
  /** @param {TestFile[]} tests */
  sort(tests) {
    return tests.toSorted((a, b) => rank(a) - rank(b) || statSync(b.path).size - statSync(a.path).size)
  }

  /** @param {TestFile[]} tests */
  shard(tests) {
    return tests
  }

  /** @param {TestFile[]} tests */
  allFailedTests(tests) {
    return tests
  }

  cacheResults() {}
}

/** @param {TestFile} test */
function rank({ path }) {
  const at = SLOW.findIndex((ending) => path.endsWith(ending))
  return at < 0 ? SLOW.length : at
}
