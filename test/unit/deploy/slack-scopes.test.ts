import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { WebClient } from '@slack/web-api'
import { EVENTS } from '../../../src/chat/events.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../../src/wire/slack-scopes.ts'
import { COMMAND_SCOPES, EVENT_SCOPES, METHOD_SCOPES } from '../../support/slack-method-scopes.ts'

/** Names of every Web API method that the client has, from the client itself. */
function methodsOf(part: object, path: readonly string[]): readonly string[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    const here = [...path, name]
    const deeper = typeof value === 'object' && value !== null && here.length < 4 ? methodsOf(value, here) : []
    return typeof value === 'function' && path.length > 0 ? [here.join('.'), ...deeper] : deeper
  })
}

/** The product's own files: what the sandbox says of Slack is no call of ours. */
function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'sandbox' ? [] : sources(join(folder, entry.name))
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [join(folder, entry.name)] : []
  })
}

const KNOWN = methodsOf(new WebClient(), [])
const TEXTS = sources('src').map((file) => readFileSync(file, 'utf8'))

/** The longest name first: `usergroups.users.list` is no `users.list`. */
function callsIn(text: string): readonly string[] {
  let rest = text
  return KNOWN.toSorted((a, b) => b.length - a.length).filter((method) => {
    const before = rest
    rest = rest.replaceAll(new RegExp(`\\.${method.replaceAll('.', '\\s*\\.')}\\s*\\(`, 'g'), '')
    return rest !== before
  })
}

const called = [...new Set(TEXTS.flatMap(callsIn))]
const asked = [...Object.keys(NEEDED_SCOPES), ...Object.keys(OPTIONAL_SCOPES)]
const served = [
  ...called.flatMap((method) => METHOD_SCOPES[method] ?? []),
  ...Object.keys(EVENTS).flatMap((event) => EVENT_SCOPES[event] ?? []),
  ...COMMAND_SCOPES,
]

test('the client knows methods of two and three words, and what the code calls is found', () => {
  expect(KNOWN).toEqual(expect.arrayContaining(['chat.postMessage', 'usergroups.users.list', 'views.publish']))
  expect(called).toEqual(expect.arrayContaining(['chat.postMessage', 'usergroups.users.list', 'apps.connections.open']))
})

test('the table says of every method that is called, and of every event, what it needs; and of nothing else', () => {
  expect([...called].sort()).toEqual(Object.keys(METHOD_SCOPES).sort())
  expect(Object.keys(EVENTS).sort()).toEqual(Object.keys(EVENT_SCOPES).sort())
  expect(TEXTS.some((text) => text.includes('.apiCall('))).toBe(false)
})

test('every called method and every event has its scopes in the manifest', () => {
  expect(served.filter((scope) => !asked.includes(scope))).toEqual([])
})

test('no scope is asked for that serves no called method, event or command', () => {
  expect(asked.filter((scope) => !served.includes(scope))).toEqual([])
})
