import { expect, test } from '@jest/globals'
import { newPreviewTurns } from './preview-turns.ts'

test('one at a time; of one person only the newest that waits, and another’s is not left out for it', async () => {
  const turns = newPreviewTurns()
  const begun: string[] = []
  let end: () => void = () => undefined
  let first = Promise.resolve()
  await new Promise<void>((started) => {
    first = turns('U0LEE', () => {
      begun.push('first')
      started()
      return new Promise((resolve) => (end = resolve))
    })
  })
  const act = (name: string) => () => Promise.resolve(void begun.push(name))
  const rest = [turns('U0LEE', act('second')), turns('U0MEI', act('of mei')), turns('U0LEE', act('third'))]
  expect(begun).toEqual(['first'])
  end()
  await Promise.all([first, ...rest])
  expect(begun).toEqual(['first', 'of mei', 'third'])
})

test('one that fails holds up no other', async () => {
  const turns = newPreviewTurns()
  await expect(turns('U0LEE', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  let done = false
  await turns('U0LEE', () => Promise.resolve(void (done = true)))
  expect(done).toBe(true)
})
