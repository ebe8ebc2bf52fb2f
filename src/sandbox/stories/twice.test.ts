import { expect, test } from '@jest/globals'
import type { LoggedRequest } from '../kube-server/serve-http.ts'
import { WORKER_ACCOUNT } from '../trouble/touches.ts'
import { tagsWrittenTwice } from './twice.ts'

const URL = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/istio-revision-tag-prod-stable'

function wrote(change: Partial<LoggedRequest> = {}): LoggedRequest {
  const body = '{"metadata":{"resourceVersion":"7"},"webhooks":["new"]}'
  return {
    at: 0,
    method: 'PATCH',
    url: URL,
    user: WORKER_ACCOUNT,
    code: 200,
    userAgent: '',
    address: '',
    body,
    ...change,
  }
}

test('twice is the same content again, whatever version it rests on; a way back, a refusal and a dry run are not', () => {
  const others = [
    wrote({ body: '{"webhooks":["old"]}' }),
    wrote({ code: 409 }),
    wrote({ url: `${URL}?dryRun=All` }),
    wrote({ user: 'system:admin' }),
  ]
  expect(tagsWrittenTwice({ log: [wrote(), ...others] }, 0)).toEqual([])
  const again = wrote({ body: '{"metadata":{"resourceVersion":"9"},"webhooks":["new"]}' })
  expect(tagsWrittenTwice({ log: [wrote(), ...others, again] }, 0)).toHaveLength(1)
  expect(tagsWrittenTwice({ log: [wrote(), ...others, again] }, 1)).toEqual([])
})
