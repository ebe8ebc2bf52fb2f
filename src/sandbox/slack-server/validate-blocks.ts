import { codePoints, isObject, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { checkChart } from './validate-charts.ts'
import { addTotal, checkList, checkOneOf, checkString, eachObject, newWalk, problem } from './validate-core.ts'
import type { Problem, Surface, Walk } from './validate-core.ts'
import { checkButton, checkElement, checkImage } from './validate-elements.ts'
import { checkLayoutBlock } from './validate-layout-blocks.ts'
import { checkBlockKeys } from './validate-keys.ts'
import { checkRichText } from './validate-rich-text.ts'
import { checkDataTable, checkTable } from './validate-tables.ts'
import { checkText, checkTextObject } from './validate-text.ts'

type BlockCheck = (walk: Walk, pointer: string, block: Json) => void

const everywhere: readonly Surface[] = ['message', 'modal', 'home']

/**
 * Where each block may stand. What Slack's docs leave open (table, data_table, plan, card in modals and Home) is refused
 * there, because a card that is refused here too early costs a test, and one that Slack refuses costs an approval.
 */
const surfaces: Record<string, readonly Surface[]> = {
  header: everywhere,
  section: everywhere,
  context: everywhere,
  actions: everywhere,
  divider: everywhere,
  image: everywhere,
  input: everywhere,
  rich_text: everywhere,
  video: everywhere,
  file: everywhere,
  markdown: ['message'],
  table: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  container: ['message'],
  card: ['message'],
  carousel: ['message'],
  alert: ['modal'],
  plan: ['message'],
  task_card: ['message'],
  context_actions: ['message'],
}

/** Every kind of block that Slack takes somewhere. */
export const blockTypes: readonly string[] = Object.keys(surfaces)

/**
 * Everything that Slack would refuse in these blocks on this surface; empty when it would take them. `pointer` is where
 * the list stands in the request (`/blocks`, or `/view/blocks`).
 */
export function validateBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): Problem[] {
  const walk = newWalk(surface)
  const max = surface === 'message' ? limits.blocksPerMessage : limits.blocksPerView
  if (!Array.isArray(blocks)) return [{ message: 'must be an array', pointer }]
  if (blocks.length > max) problem(walk, pointer, `no more than ${max} items allowed`)
  eachObject(walk, pointer, blocks, (block, at) => checkBlock(walk, at, block))
  checkTotals(walk, pointer)
  return walk.problems
}

function checkTotals(walk: Walk, pointer: string): void {
  const { markdown = 0, plan = 0, 'loose task_card': tasks = 0 } = walk.totals
  if (markdown > limits.markdownPerMessage) {
    problem(walk, pointer, `no more than ${limits.markdownPerMessage} characters allowed in all markdown blocks`)
  }
  if (plan > 0 && tasks > 0) problem(walk, pointer, 'plan and task_card blocks exclude each other')
}

function checkBlock(walk: Walk, pointer: string, block: Json): void {
  const type = textOf(block['type'])
  const allowed = surfaces[type]
  if (allowed === undefined || !allowed.includes(walk.surface)) {
    return problem(walk, `${pointer}/type`, `unsupported type: ${type || 'none'} on this surface (${walk.surface})`)
  }
  checkBlockId(walk, pointer, block)
  checkBlockKeys(walk, pointer, block)
  walk.actionIds = new Set()
  const check = checks[type]
  if (check === undefined) return
  check(walk, pointer, block)
}

function checkBlockId(walk: Walk, pointer: string, block: Json): void {
  checkString(walk, pointer, block, 'block_id', { max: limits.idLength })
  const id = block['block_id']
  if (typeof id !== 'string' || id === '') return
  if (walk.blockIds.has(id)) problem(walk, `${pointer}/block_id`, `\`block_id\` already exists: ${id}`)
  walk.blockIds.add(id)
}

const checkHeader: BlockCheck = (walk, pointer, block) =>
  checkText(walk, pointer, block, 'text', { max: limits.header, kinds: 'plain', required: true })

const checkSection: BlockCheck = (walk, pointer, block) => {
  checkText(walk, pointer, block, 'text', { max: limits.sectionText })
  const fields = checkList(walk, pointer, block, 'fields', { max: limits.sectionFields })
  eachObject(walk, `${pointer}/fields`, fields ?? [], (field, at) =>
    checkTextObject(walk, at, field, { max: limits.sectionField }),
  )
  if (block['text'] === undefined && fields === undefined)
    problem(walk, pointer, 'missing required field: text or fields')
  const accessory = block['accessory']
  if (accessory === undefined) return
  if (!isObject(accessory)) return problem(walk, `${pointer}/accessory`, 'must be an object')
  checkElement(walk, `${pointer}/accessory`, accessory, 'section')
}

const checkContext: BlockCheck = (walk, pointer, block) => {
  const items = checkList(walk, pointer, block, 'elements', { max: limits.contextElements, required: true })
  eachObject(walk, `${pointer}/elements`, items ?? [], (item, at) => {
    if (item['type'] === 'image') return checkImage(walk, at, item)
    checkTextObject(walk, at, item, { max: limits.textObject })
  })
}

const checkActions: BlockCheck = (walk, pointer, block) => {
  const items = checkList(walk, pointer, block, 'elements', { max: limits.actionsElements, required: true })
  eachObject(walk, `${pointer}/elements`, items ?? [], (item, at) => checkElement(walk, at, item, 'actions'))
  checkOnePrimary(walk, pointer, items ?? [])
}

/** "Primary should only be used for one button within a set" (@slack/types, Button.style): refused here, so no card has two. */
function checkOnePrimary(walk: Walk, pointer: string, items: readonly unknown[]): void {
  const primaries = items.filter((item) => isObject(item) && item['style'] === 'primary')
  if (primaries.length > 1) problem(walk, `${pointer}/elements`, 'no more than one primary button allowed in a set')
}

const checkInput: BlockCheck = (walk, pointer, block) => {
  checkText(walk, pointer, block, 'label', { max: limits.inputLabel, kinds: 'plain', required: true })
  checkText(walk, pointer, block, 'hint', { max: limits.inputHint, kinds: 'plain' })
  const element = block['element']
  if (!isObject(element)) return problem(walk, pointer, 'missing required field: element')
  checkElement(walk, `${pointer}/element`, element, 'input')
}

const checkImageBlock: BlockCheck = (walk, pointer, block) => {
  checkImage(walk, pointer, block)
  checkText(walk, pointer, block, 'title', { max: limits.imageTitle, kinds: 'plain' })
}

const checkMarkdown: BlockCheck = (walk, pointer, block) => {
  checkString(walk, pointer, block, 'text', { max: limits.markdownPerMessage, required: true })
  addTotal(walk, 'markdown', codePoints(textOf(block['text'])))
}

const checkAlert: BlockCheck = (walk, pointer, block) => {
  checkText(walk, pointer, block, 'text', { max: limits.alertText, required: true })
  checkOneOf(walk, pointer, block, 'level', ['default', 'info', 'warning', 'error', 'success'])
}

const checks: Record<string, BlockCheck> = {
  header: checkHeader,
  section: checkSection,
  context: checkContext,
  actions: checkActions,
  input: checkInput,
  image: checkImageBlock,
  rich_text: checkRichText,
  markdown: checkMarkdown,
  alert: checkAlert,
  table: checkTable,
  data_table: checkDataTable,
  data_visualization: checkChart,
  container: (walk, pointer, block) => checkLayoutBlock(walk, pointer, block, checkBlock),
  card: (walk, pointer, block) => checkLayoutBlock(walk, pointer, block, checkButton),
  carousel: (walk, pointer, block) => checkLayoutBlock(walk, pointer, block, checkBlock),
  plan: (walk, pointer, block) => checkLayoutBlock(walk, pointer, block, checkBlock),
  task_card: (walk, pointer, block) => checkLayoutBlock(walk, pointer, block, checkBlock),
  context_actions: (walk, pointer, block) => checkLayoutBlock(walk, pointer, block, checkBlock),
}
