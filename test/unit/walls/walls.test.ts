import { expect, test } from '@jest/globals'
import { cyclesIn } from '../../walls/cycles.ts'
import { projectFolder, readFiles } from '../../walls/files.ts'
import { violationsOf } from '../../walls/violations.ts'

const source = readFiles(projectFolder, ['src'], /\.ts$/)

test('every room imports only what the table allows', () => {
  const violations = [...source].flatMap(([path, text]) => violationsOf(path, text))
  expect(violations.map(({ path, line, why }) => `${path}:${line} ${why}`)).toEqual([])
})

test('no files import each other in a ring', () => {
  expect(cyclesIn(source).map((ring) => ring.join(' → '))).toEqual([])
})
