import { describe, expect, test } from '@jest/globals'
import { nearest, parseCommand, versionOf, VERBS } from './command-words.ts'

const none = { acknowledge: [], extra: [] }

describe('parseCommand', () => {
  test.each([
    ['', { verb: 'help', ...none }],
    ['   ', { verb: 'help', ...none }],
    ['help', { verb: 'help', ...none }],
    ['STATUS', { verb: 'status', ...none }],
    ['undo', { verb: 'rollback', ...none }],
    ['upgrade', { verb: 'upgrade', ...none }],
    ['upgrade prod-a', { verb: 'upgrade', cluster: 'prod-a', ...none }],
    ['upgrade prod-a to 1.31.0', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', ...none }],
    ['upgrade to 1.31.0 prod-a', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', ...none }],
    ['upgrade prod-a 1.31.0', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', ...none }],
    ['upgrade prod-a to latest', { verb: 'upgrade', cluster: 'prod-a', to: 'latest', ...none }],
    ['upgrade to', { verb: 'upgrade', ...none }],
    ['upgrade by', { verb: 'upgrade', ...none }],
    ['upgrade to by 2026-12-04', { verb: 'upgrade', by: '2026-12-04', ...none }],
    ['升级 到', { verb: 'upgrade', ...none }],
    ['stop to', { verb: 'stop', acknowledge: [], extra: ['to'] }],
    ['upgrade to 1.31.0 by 4 Dec', { verb: 'upgrade', to: '1.31.0', by: '4 Dec', ...none }],
    ['upgrade by Dec. 4, 2026 prod-a', { verb: 'upgrade', cluster: 'prod-a', by: 'Dec 4 2026', ...none }],
    ['upgrade prod-a by friday', { verb: 'upgrade', cluster: 'prod-a', by: 'friday', ...none }],
    ['升级 到 1.31.0，12月4日前', { verb: 'upgrade', to: '1.31.0', by: '12月4日前', ...none }],
    ['升级prod-a到1.31.0截止到12月4日', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', by: '12月4日', ...none }],
    ['upgrade prod-a, 1.31.0,', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', ...none }],
    ['upgrade `prod-a` to １.31.0', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', ...none }],
    ['stop; rollback', { verb: 'stop', cluster: 'rollback', ...none }],
    ['stop!', { verb: 'stop', ...none }],
    ['upgrade prod-a by 2026-12-01', { verb: 'upgrade', cluster: 'prod-a', by: '2026-12-01', ...none }],
    ['upgrade prod-a please now', { verb: 'upgrade', cluster: 'prod-a', acknowledge: [], extra: ['please', 'now'] }],
    ['upgrade prod-a ack A,B C', { verb: 'upgrade', cluster: 'prod-a', acknowledge: ['A', 'B', 'C'], extra: [] }],
    ['升级 prod-a 到 1.31.0', { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', ...none }],
    [
      '升级prod-a到1.31.0 截止2026-12-04',
      { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', by: '2026-12-04', ...none },
    ],
    ['停止prod-a', { verb: 'stop', cluster: 'prod-a', ...none }],
    [
      'upgrade prod-a To 1.31.0 BY 2026-12-04',
      { verb: 'upgrade', cluster: 'prod-a', to: '1.31.0', by: '2026-12-04', ...none },
    ],
    ['状态', { verb: 'status', ...none }],
    ['审批', { verb: 'approvals', ...none }],
    ['停止', { verb: 'stop', ...none }],
    ['继续', { verb: 'resume', ...none }],
    ['回退', { verb: 'rollback', ...none }],
    ['帮助', { verb: 'help', ...none }],
  ])('“%s”', (text, expected) => {
    expect(parseCommand(text)).toEqual({ kind: 'command', rest: expect.any(String), ...expected })
  })

  test.each([
    ['stauts prod-a', 'status prod-a'],
    ['upgrad to 1.31.0', 'upgrade to 1.31.0'],
    ['rolback', 'rollback'],
    ['stp', 'stop'],
    ['升及 prod-a', '升级 prod-a'],
    ['停至', '停止'],
    ['你好', null],
    ['xyzzy', null],
    ['ab', null],
    ['roll back prod-a', 'rollback prod-a'],
    ['halp me', 'help'],
    ['hold pay until 2026-12-04', null],
    ['release pay', null],
    ['hope', null],
  ])('“%s” means %j', (text, meant) => {
    expect(parseCommand(text)).toEqual({ kind: 'unknown', typed: text.split(' ')[0], meant })
  })

  test('no word means two things', () => {
    const words = Object.values(VERBS).flat()
    expect(new Set(words).size).toBe(words.length)
  })
})

describe('versionOf', () => {
  test.each([
    ['1.31.0', '1.31.0'],
    ['v1.31.0', '1.31.0'],
    ['1.31.0-rc.1', '1.31.0-rc.1'],
    ['1.20.3_corp1', '1.20.3_corp1'],
    ['1.31', null],
    ['latest', null],
  ])('%s', (word, version) => {
    expect(versionOf(word)).toBe(version)
  })
})

describe('nearest', () => {
  test('takes the nearest of several', () => {
    expect(nearest('prod-b', ['prod-sh', 'prod-a', 'stage'])).toBe('prod-a')
  })
  test('does not guess among short words', () => {
    expect(nearest('x', ['a', 'bc'])).toBeNull()
  })
})
