import { expect, test } from '@jest/globals'
import { newTrouble } from './lasting.ts'

const base = { name: 'argocd', label: 'Argo CD', now: () => 7, losses: () => () => 'nothing' } as const

test('where it would hit nothing, or hit nobody, nothing is done and it stays quiet', async () => {
  const did: string[] = []
  const begin = async (): Promise<boolean> => {
    did.push('begun')
    return false
  }
  const biteless = newTrouble({ ...base, bites: () => null, begin, finish: async () => undefined })
  expect(await biteless.start()).toBe(false)
  expect(did).toEqual([])
  const missed = newTrouble({ ...base, bites: () => 'somebody', begin, finish: null })
  expect(await missed.start()).toBe(false)
  expect(did).toEqual(['begun'])
  expect([biteless.state(), missed.state()]).toEqual([{ kind: 'quiet' }, { kind: 'quiet' }])
})

test('one that cannot begin is not on, and can be tried again', async () => {
  let tries = 0
  const trouble = newTrouble({
    ...base,
    bites: () => 'Redis',
    begin: async () => {
      tries += 1
      if (tries === 1) throw new Error('Redis is away')
      return true
    },
    finish: async () => undefined,
  })
  await expect(trouble.start()).rejects.toThrow('Redis is away')
  expect(trouble.state()).toEqual({ kind: 'quiet' })
  expect(await trouble.start()).toBe(true)
  expect(trouble.state()).toEqual({ kind: 'on', since: 7 })
  await trouble.end?.()
  expect(trouble.state()).toEqual({ kind: 'over', since: 7, lost: 'nothing' })
})
