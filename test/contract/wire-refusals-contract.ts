import { expect, test } from '@jest/globals'
import { hook, HOOKS, REFUSED_BODIES } from './wire-refused-bodies.ts'
import { REFUSED_LISTS } from './wire-refused-lists.ts'
import { REFUSED_REQUESTS } from './wire-refused-requests.ts'
import type { WireStage } from './wire-stage.ts'

/** A refusal is a Status in JSON whose code is the answer's, with the words that an operator finds on the web. */
export function testRefusals(stage: () => WireStage): void {
  test.each([...REFUSED_REQUESTS, ...REFUSED_LISTS, ...REFUSED_BODIES])(
    'refused with its words: $name',
    async ({ ask, by, status, reason, message }) => {
      const [method, path, call] = ask(stage())
      const answer = await (by === 'limited' ? stage().limited : stage().admin).ask(method, path, call)
      const text = typeof message === 'string' ? message : message(stage())
      expect({ status: answer.status, type: answer.type, body: answer.body }).toMatchObject({
        status,
        type: 'application/json',
        body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: text, code: status },
      })
      expect(answer.body.reason).toBe(reason)
    },
  )

  test('a group that is not served is no Status', async () => {
    const answer = await stage().admin.ask('GET', '/apis/nowhere.example.com/v1/things')
    expect([answer.status, answer.type, answer.text]).toEqual([
      404,
      'text/plain; charset=utf-8',
      '404 page not found\n',
    ])
  })

  test('what is invalid is told field by field', async () => {
    const { body } = await stage().admin.ask('POST', HOOKS, hook({ sideEffects: 'Some' }))
    expect(body.details).toEqual({
      name: 'wire-refused',
      group: 'admissionregistration.k8s.io',
      kind: 'MutatingWebhookConfiguration',
      causes: [
        {
          reason: 'FieldValueNotSupported',
          message: 'Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
          field: 'webhooks[0].sideEffects',
        },
      ],
    })
  })

  test('a deletion with a precondition names the kind', async () => {
    const { admin, maps } = stage()
    const { body } = await admin.ask('DELETE', `${maps}/taken`, { body: { preconditions: { uid: 'other' } } })
    expect(body).toMatchObject({ code: 409, reason: 'Conflict', details: { name: 'taken', kind: 'ConfigMap' } })
    expect(body.message).toMatch(
      /^Operation cannot be fulfilled on ConfigMap "taken": the UID in the precondition \(other\) does not match the UID in record \([-0-9a-f]{36}\)\. The object might have been deleted and then recreated$/,
    )
  })
}
