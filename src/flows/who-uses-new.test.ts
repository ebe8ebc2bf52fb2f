import { expect, test } from '@jest/globals'
import { proxiesKeeping } from './who-uses-new.ts'

test.each([
  ['a known zero keeps nothing', 0, ['a/0'], []],
  ['one proxy', 1, ['a/0'], ['1 proxy']],
  ['several', 3, ['a/0', 'b/0'], ['3 proxies']],
  ['no answer is not zero', null, ['a/0'], ['proxies: unknown']],
  ['nor is nobody to ask', 0, [], ['proxies: unknown']],
])('%s', (_, proxies, istiods, keeping) => {
  expect(proxiesKeeping({ revision: '1-31-0', proxies, istiods })).toEqual(keeping)
})
