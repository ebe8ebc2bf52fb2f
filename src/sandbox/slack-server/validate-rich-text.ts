import { isObject, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { checkKeys, checkList, checkOneOf, checkString, eachObject, problem } from './validate-core.ts'
import type { Walk } from './validate-core.ts'

/** The member that each inline element can't do without. */
const inline: Record<string, string> = {
  text: 'text',
  link: 'url',
  emoji: 'name',
  user: 'user_id',
  usergroup: 'usergroup_id',
  channel: 'channel_id',
  team: 'team_id',
  broadcast: 'range',
  date: 'timestamp',
  color: 'value',
}
const styles = ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink']
const leaves = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']

/** A rich_text block: sections, quotes and preformatted text of inline elements, and lists of sections. */
export function checkRichText(walk: Walk, pointer: string, block: Json): void {
  const parts = checkList(walk, pointer, block, 'elements', { max: Number.MAX_SAFE_INTEGER, required: true }) ?? []
  eachObject(walk, `${pointer}/elements`, parts, (part, at) => {
    const type = textOf(part['type'])
    if (type === 'rich_text_list') return checkRichList(walk, at, part)
    if (!leaves.includes(type)) return problem(walk, `${at}/type`, `unsupported type: ${type || 'none'}`)
    checkInlines(walk, at, part)
  })
}

function checkRichList(walk: Walk, pointer: string, list: Json): void {
  if (list['style'] === undefined) problem(walk, pointer, 'missing required field: style')
  checkOneOf(walk, pointer, list, 'style', ['bullet', 'ordered'])
  const indent = list['indent']
  if (indent !== undefined && (typeof indent !== 'number' || indent < 0 || indent > limits.richTextIndent)) {
    problem(walk, `${pointer}/indent`, `must be between 0 and ${limits.richTextIndent}`)
  }
  const items = checkList(walk, pointer, list, 'elements', { max: Number.MAX_SAFE_INTEGER, required: true }) ?? []
  eachObject(walk, `${pointer}/elements`, items, (item, at) => {
    if (item['type'] !== 'rich_text_section') return problem(walk, `${at}/type`, 'must be rich_text_section')
    checkInlines(walk, at, item)
  })
}

function checkInlines(walk: Walk, pointer: string, part: Json): void {
  const items =
    checkList(walk, pointer, part, 'elements', { min: 0, max: Number.MAX_SAFE_INTEGER, required: true }) ?? []
  eachObject(walk, `${pointer}/elements`, items, (item, at) => checkInline(walk, at, item))
}

function checkInline(walk: Walk, pointer: string, item: Json): void {
  const type = textOf(item['type'])
  const needed = inline[type]
  if (needed === undefined) return problem(walk, `${pointer}/type`, `unsupported type: ${type || 'none'}`)
  if (type === 'text') checkString(walk, pointer, item, 'text', { max: Number.MAX_SAFE_INTEGER, required: true })
  else if (item[needed] === undefined) problem(walk, pointer, `missing required field: ${needed}`)
  const style = item['style']
  if (style === undefined) return
  if (!isObject(style)) return problem(walk, `${pointer}/style`, 'must be an object')
  checkKeys(walk, `${pointer}/style`, style, styles)
}
