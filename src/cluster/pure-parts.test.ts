import { describe, expect, test } from '@jest/globals'
import { errorOf } from './api-errors.ts'
import { childEnv } from './child-env.ts'
import { lineSink } from './output-lines.ts'
import { startTicksIn, startTicksOf } from './process-start.ts'
import { targetOf } from './request-target.ts'
import { selfCheck } from './self-check.ts'

describe('what a path means to RBAC', () => {
  test.each([
    ['GET', '/api/v1/namespaces', { verb: 'list', group: '', resource: 'namespaces' }],
    ['GET', '/api/v1/namespaces/a', { verb: 'get', group: '', resource: 'namespaces', name: 'a' }],
    ['GET', '/apis/apps/v1/deployments?watch=1', { verb: 'watch', group: 'apps', resource: 'deployments' }],
    ['POST', '/api/v1/namespaces/a/pods?dryRun=All', { verb: 'create', group: '', resource: 'pods', namespace: 'a' }],
    [
      'GET',
      '/api/v1/namespaces/a/pods/p:15014/proxy/metrics',
      { verb: 'get', group: '', resource: 'pods/proxy', namespace: 'a', name: 'p:15014' },
    ],
    ['GET', '/version', { verb: 'get', group: '', resource: '/version' }],
  ])('%s %s', (method, path, expected) => {
    expect(targetOf(method, path)).toEqual(expected)
  })
})

describe('what an answer means', () => {
  const status = (message: string): string => JSON.stringify({ kind: 'Status', reason: 'Forbidden', message })

  test('a 403 of the authorizer names the rule, one of an admission plugin does not', () => {
    const rbac = status(
      'pods is forbidden: User "w" cannot create resource "pods" in API group "" in the namespace "a"',
    )
    expect(errorOf('POST', '/api/v1/namespaces/a/pods', 403, rbac, 's')).toMatchObject({
      code: 'CLUSTER_FORBIDDEN',
      facts: { rule: '{apiGroups: [""], resources: ["pods"], verbs: ["create"]}' },
    })
    const quota = status('pods "x" is forbidden: exceeded quota: q')
    expect(errorOf('POST', '/api/v1/namespaces/a/pods', 403, quota, 's').code).toBe('CLUSTER_REFUSED')
  })

  test('a body that is no Status is told as it is', () => {
    const error = errorOf('GET', '/version', 502, '<html>bad gateway</html>', 's')
    expect(error).toMatchObject({
      code: 'CLUSTER_REFUSED',
      facts: { status: 502, message: '<html>bad gateway</html>' },
    })
  })
})

describe('output of a child', () => {
  test('is lines without colours, spinner frames and repeats, however it is cut', () => {
    const lines: string[] = []
    const sink = lineSink((line) => lines.push(line))
    for (const part of ['a\rb', '\r\u001b[32m✔ c\u001b[0m\n', '✔ c\n\nrest', ' here']) sink.take(part)
    sink.end()
    expect(lines).toEqual(['✔ c', 'rest here'])
  })
})

describe('a process', () => {
  test('is told by its start time, also when its name holds brackets', () => {
    const fields = Array.from({ length: 30 }, (_, n) => String(n + 4)).join(' ')
    expect(startTicksIn(`7 (a) b) S ${fields}`)).toBe('22')
    expect(startTicksIn(`7 (a) Z ${fields}`)).toBeNull()
    expect(startTicksOf(process.pid)).toMatch(/^\d+$/)
  })

  test('gets an environment without our secrets and with a HOME of its own', () => {
    const env = childEnv(
      { PATH: '/bin', SLACK_BOT_TOKEN: 'x', MESHFERRY_RECORD_KEY: 'y', HOME: '/var/lib/someone' },
      '/tmp/h',
      false,
    )
    expect(env).toMatchObject({ PATH: '/bin', HOME: '/tmp/h', NO_COLOR: '1' })
    expect(JSON.stringify(env)).not.toMatch(/SLACK|MESHFERRY/)
    expect(childEnv({ HOME: '/var/lib/someone' }, '/tmp/h', true)).toMatchObject({ HOME: '/var/lib/someone' })
  })
})

describe('our own namespace', () => {
  const webhook = (selector: object, extra: object = {}) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'istio-sidecar-injector' },
    webhooks: [
      {
        name: 'n',
        clientConfig: { service: { name: 'istiod', namespace: 'istio-system', path: '/inject' } },
        namespaceSelector: selector,
        rules: [{ apiGroups: [''], resources: ['pods'], operations: ['CREATE'] }],
        failurePolicy: 'Fail',
        ...extra,
      },
    ],
  })
  const own = { namespace: 'meshferry', namespaceLabels: { 'istio-injection': 'disabled' }, podLabels: {} }
  const check = (object: ReturnType<typeof webhook>) =>
    selfCheck({ mutatingWebhooks: [object], validatingWebhooks: [], istioNamespace: 'istio-system' }, own)

  test('is free when selectors pass it by, and injected when one takes it or can’t be evaluated', () => {
    expect(check(webhook({ matchLabels: { 'istio-injection': 'enabled' } }))).toBeNull()
    expect(check(webhook({}))?.code).toBe('WORKER_INJECTED')
    expect(check(webhook({ matchExpressions: [{ key: 'a', operator: 'New' }] }))?.code).toBe('WORKER_INJECTED')
  })

  test('must not wait for a webhook of the mesh that fails closed', () => {
    const rules = [{ apiGroups: ['*'], resources: ['*'], operations: ['*'] }]
    const validating = webhook({}, { rules })
    const facts = { mutatingWebhooks: [], validatingWebhooks: [validating], istioNamespace: 'istio-system' }
    expect(selfCheck(facts, own)?.code).toBe('WORKER_BEHIND_WEBHOOK')
    const open = webhook({}, { rules, failurePolicy: 'Ignore' })
    expect(selfCheck({ ...facts, validatingWebhooks: [open] }, own)).toBeNull()
  })
})
