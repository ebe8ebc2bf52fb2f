import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { missingOptionals, platformOf } from '../../scripts/lib/lock.mjs'
import { projectFolder } from '../walls/files.ts'

test('the lock lists the packages of every platform, or npm ci refuses it: node scripts/complete-lock.mjs adds them', () => {
  const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'))
  expect(missingOptionals(packages).map(({ name }) => name)).toEqual([])
})

test('an optional package counts as listed in any folder above its dependent', () => {
  const optionalDependencies = { near: '1.0.0', above: '1.0.0', gone: '2.0.0' }
  const packages = {
    'node_modules/a': {},
    'node_modules/a/node_modules/b': { dev: true, optionalDependencies },
    'node_modules/a/node_modules/b/node_modules/near': {},
    'node_modules/above': {},
  }
  expect(missingOptionals(packages)).toEqual([{ name: 'gone', version: '2.0.0', dev: true }])
})

test.each([
  ['@oxlint/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'] }],
  ['@oxlint/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
  ['@oxlint-tsgolint/win32-arm64', { os: ['win32'], cpu: ['arm64'] }],
])('%s says for which platform it is', (name, platform) => {
  expect(platformOf(name)).toEqual(platform)
})
