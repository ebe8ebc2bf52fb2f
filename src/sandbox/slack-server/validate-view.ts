import { objectsOf } from './json.ts'
import type { Json } from './json.ts'
import { isObject } from './json.ts'
import { limits } from './limits.ts'
import { validateBlocks } from './validate-blocks.ts'
import { checkKeys, checkString, messagesOf, newWalk, problem } from './validate-core.ts'
import type { Problem, Walk } from './validate-core.ts'
import type { Refused } from './validate-message.ts'
import { checkText } from './validate-text.ts'

const shared = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id']
const modalOnly = ['title', 'submit', 'close', 'clear_on_close', 'notify_on_close', 'submit_disabled']

/** Null when Slack would show this modal or Home tab; else what it would answer. Size is that of the JSON, in bytes. */
export function validateView(view: unknown): Refused | null {
  if (!isObject(view)) return { error: 'invalid_arguments', messages: ['[ERROR] missing required field: view'] }
  if (Buffer.byteLength(JSON.stringify(view)) > limits.view.bytes) return { error: 'view_too_large' }
  const problems = viewProblems(view)
  return problems.length === 0 ? null : { error: 'invalid_arguments', messages: messagesOf(problems) }
}

/** Everything wrong with a view, for a gallery that wants to show all of it. */
function viewProblems(view: Json): Problem[] {
  const surface = view['type'] === 'home' ? 'home' : 'modal'
  const walk = newWalk(surface)
  if (view['type'] !== 'modal' && view['type'] !== 'home') problem(walk, '/view/type', 'must be one of: modal, home')
  checkKeys(walk, '/view', view, surface === 'home' ? shared : [...shared, ...modalOnly])
  checkString(walk, '/view', view, 'private_metadata', { max: limits.view.privateMetadata })
  checkString(walk, '/view', view, 'callback_id', { max: limits.idLength })
  checkString(walk, '/view', view, 'external_id', { max: limits.idLength })
  if (surface === 'modal') checkModal(walk, view)
  return [...walk.problems, ...validateBlocks(view['blocks'], surface, '/view/blocks')]
}

function checkModal(walk: Walk, view: Json): void {
  checkText(walk, '/view', view, 'title', { max: limits.view.title, kinds: 'plain', required: true })
  checkText(walk, '/view', view, 'submit', { max: limits.view.button, kinds: 'plain' })
  checkText(walk, '/view', view, 'close', { max: limits.view.button, kinds: 'plain' })
  const asks = objectsOf(view['blocks']).some((block) => block['type'] === 'input')
  if (asks && view['submit'] === undefined)
    problem(walk, '/view', 'missing required field: submit (a modal with an input needs it)')
}
