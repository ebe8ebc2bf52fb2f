import { isObject, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { addTotal, checkList, checkOneOf, checkString, eachObject, problem } from './validate-core.ts'
import type { Walk } from './validate-core.ts'
import { checkRichText } from './validate-rich-text.ts'
import { checkText } from './validate-text.ts'

type Inner = (walk: Walk, pointer: string, block: Json) => void

/** Checks the blocks of 2026 that hold others: container, card, carousel, plan, task_card, context_actions. */
export function checkLayoutBlock(walk: Walk, pointer: string, block: Json, inner: Inner): void {
  const type = textOf(block['type'])
  if (type === 'task_card') addTotal(walk, 'loose task_card', 1)
  if (type === 'plan') addTotal(walk, 'plan', 1)
  checks[type]?.(walk, pointer, block, inner)
}

/** What the live validator took in October 2026; the docs also list rich_text, which it refused (slack-morphism 2.31). */
const children = ['section', 'context', 'actions', 'table', 'image', 'divider']

function checkContainer(walk: Walk, pointer: string, block: Json, inner: Inner): void {
  checkText(walk, pointer, block, 'title', { max: limits.container.title, kinds: 'plain' })
  const rich = block['rich_text_title']
  if (isObject(rich)) checkRichText(walk, `${pointer}/rich_text_title`, rich)
  if (block['title'] === undefined && rich === undefined) problem(walk, pointer, 'missing required field: title')
  const items =
    checkList(walk, pointer, block, 'child_blocks', { max: limits.container.children, required: true }) ?? []
  eachObject(walk, `${pointer}/child_blocks`, items, (child, at) => {
    if (children.includes(textOf(child['type']))) inner(walk, at, child)
    else problem(walk, `${at}/type`, `unsupported type: ${textOf(child['type']) || 'none'} in container`)
  })
  if (block['default_collapsed'] === true && block['is_collapsible'] !== true) {
    problem(walk, `${pointer}/default_collapsed`, 'requires is_collapsible')
  }
}

function checkCard(walk: Walk, pointer: string, block: Json, inner: Inner): void {
  checkText(walk, pointer, block, 'title', { max: limits.card.title, kinds: 'mrkdwn' })
  checkText(walk, pointer, block, 'subtitle', { max: limits.card.subtitle, kinds: 'mrkdwn' })
  checkText(walk, pointer, block, 'body', { max: limits.card.body, kinds: 'mrkdwn' })
  const buttons = checkList(walk, pointer, block, 'actions', { max: limits.card.buttons }) ?? []
  eachObject(walk, `${pointer}/actions`, buttons, (button, at) => inner(walk, at, button))
  const filled = ['hero_image', 'title', 'actions', 'body'].some((key) => block[key] !== undefined)
  if (!filled) problem(walk, pointer, 'must provide one of hero_image, title, actions, body')
}

function checkCarousel(walk: Walk, pointer: string, block: Json, inner: Inner): void {
  const cards = checkList(walk, pointer, block, 'elements', { max: limits.card.perCarousel, required: true }) ?? []
  eachObject(walk, `${pointer}/elements`, cards, (card, at) => {
    if (card['type'] === 'card') inner(walk, at, card)
    else problem(walk, `${at}/type`, 'must be card')
  })
}

function checkPlan(walk: Walk, pointer: string, block: Json): void {
  checkString(walk, pointer, block, 'title', { max: limits.textObject, required: true })
  const tasks = checkList(walk, pointer, block, 'tasks', { max: limits.blocksPerMessage }) ?? []
  eachObject(walk, `${pointer}/tasks`, tasks, (task, at) => checkTask(walk, at, task))
}

/** The word is `complete`; `completed` is refused (gitlab merge request 242201). */
function checkTask(walk: Walk, pointer: string, task: Json): void {
  checkString(walk, pointer, task, 'task_id', { max: limits.idLength, required: true })
  checkString(walk, pointer, task, 'title', { max: limits.textObject, required: true })
  checkOneOf(walk, pointer, task, 'status', ['pending', 'in_progress', 'complete', 'error'])
  for (const key of ['details', 'output']) {
    const rich = task[key]
    if (rich === undefined) continue
    if (isObject(rich) && rich['type'] === 'rich_text') checkRichText(walk, `${pointer}/${key}`, rich)
    else problem(walk, `${pointer}/${key}`, 'must be a rich_text block')
  }
}

function checkContextActions(walk: Walk, pointer: string, block: Json): void {
  const items =
    checkList(walk, pointer, block, 'elements', { max: limits.contextActionsElements, required: true }) ?? []
  eachObject(walk, `${pointer}/elements`, items, (item, at) => {
    if (!['feedback_buttons', 'icon_button'].includes(textOf(item['type'])))
      problem(walk, `${at}/type`, 'unsupported type')
    checkList(walk, at, item, 'visible_to_user_ids', { max: limits.iconButtonUsers })
  })
}

const checks: Record<string, (walk: Walk, pointer: string, block: Json, inner: Inner) => void> = {
  container: checkContainer,
  card: checkCard,
  carousel: checkCarousel,
  plan: checkPlan,
  task_card: checkTask,
  context_actions: checkContextActions,
}
