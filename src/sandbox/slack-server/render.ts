import { objectOf, objectsOf, textOf } from './json.ts'
import type { Json } from './json.ts'
import type { MessageVersion } from './model.ts'

/** A message as readable text: blocks line by line, buttons as `[Label]`; the plain text when it has no blocks. */
export function renderVersion(version: MessageVersion): string {
  const attached = version.attachments.flatMap((a) => [textOf(a['text']), renderBlocks(objectsOf(a['blocks']))])
  const body = version.blocks.length > 0 ? renderBlocks(version.blocks) : version.text
  return [body, ...attached].filter((part) => part !== '').join('\n')
}

export function renderView(view: Json): string {
  const submit = textOf(objectOf(view['submit'])['text'])
  const title = textOf(objectOf(view['title'])['text'])
  return [title === '' ? '' : `# ${title}`, renderBlocks(objectsOf(view['blocks'])), submit === '' ? '' : `[${submit}]`]
    .filter((s) => s !== '')
    .join('\n')
}

function renderBlocks(blocks: readonly Json[]): string {
  return blocks
    .map(renderBlock)
    .filter((line) => line !== '')
    .join('\n')
}

function renderBlock(block: Json): string {
  const type = textOf(block['type'])
  const render = renderers[type]
  return render === undefined ? `(${type})` : render(block)
}

const renderers: Record<string, (block: Json) => string> = {
  header: (b) => `## ${say(b['text'])}`,
  section: (b) =>
    [
      say(b['text']),
      ...objectsOf(b['fields']).map((f) => `  ${say(f).replaceAll('\n', ' : ')}`),
      element(b['accessory']),
    ]
      .filter(filled)
      .join('\n'),
  context: (b) =>
    objectsOf(b['elements'])
      .map((e) => (e['type'] === 'image' ? `(${textOf(e['alt_text'])})` : say(e)))
      .join(' | '),
  actions: (b) => objectsOf(b['elements']).map(element).join(' '),
  divider: () => '---',
  image: (b) => `(image: ${textOf(b['alt_text'])})`,
  input: (b) => `${say(b['label'])}: ${element(b['element'])}`,
  rich_text: (b) => rich(b),
  markdown: (b) => textOf(b['text']),
  alert: (b) => `! ${say(b['text'])}`,
  table: (b) => rows(b),
  data_table: (b) => [textOf(b['caption']), rows(b)].filter(filled).join('\n'),
  data_visualization: (b) => [`(chart: ${textOf(b['title'])})`, ...points(objectOf(b['chart']))].join('\n'),
  plan: (b) =>
    [textOf(b['title']), ...objectsOf(b['tasks']).map((t) => `  ${textOf(t['status'])}: ${textOf(t['title'])}`)].join(
      '\n',
    ),
  task_card: (b) => `${textOf(b['status'])}: ${textOf(b['title'])}`,
  container: (b) => [say(b['title']), renderBlocks(objectsOf(b['child_blocks']))].filter(filled).join('\n'),
  card: (b) => [say(b['title']), say(b['body']), ...objectsOf(b['actions']).map(element)].filter(filled).join('\n'),
  carousel: (b) => renderBlocks(objectsOf(b['elements'])),
}

function filled(text: string): boolean {
  return text !== ''
}

/** Dates as their fallback says them: who reads here has no zone. */
function say(text: unknown): string {
  return textOf(objectOf(text)['text']).replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
}

function element(value: unknown): string {
  const item = objectOf(value)
  const options = objectsOf(item['options']).map((o) => say(o['text']))
  if (item['type'] === undefined) return ''
  if (item['type'] === 'button') return `[${say(item['text'])}]`
  if (item['type'] === 'image') return `(image: ${textOf(item['alt_text'])})`
  if (item['type'] === 'overflow') return `[⋯ ${options.join(' / ')}]`
  return options.length > 0 ? `<${options.join(' / ')}>` : `<${textOf(item['type'])}>`
}

function rich(value: Json): string {
  const items = objectsOf(value['elements'])
  if (value['type'] === 'rich_text_list') return items.map((item) => `• ${rich(item)}`).join('\n')
  const inline = items.every((item) => !textOf(item['type']).startsWith('rich_text'))
  return items.map((item) => (item['elements'] === undefined ? leaf(item) : rich(item))).join(inline ? '' : '\n')
}

function leaf(item: Json): string {
  const words = ['text', 'url', 'name', 'user_id', 'usergroup_id', 'channel_id', 'fallback', 'value']
  return textOf(words.map((key) => item[key]).find((word) => typeof word === 'string'))
}

/** `  Istio 1.31.0: 11-23 12, 11-24 30`: a line for each series, or one for the parts of a pie. */
function points(chart: Json): readonly string[] {
  const of = (list: unknown): string =>
    objectsOf(list)
      .map((point) => `${textOf(point['label'])} ${String(point['value'])}`)
      .join(', ')
  const lines = objectsOf(chart['series']).map((one) => `  ${textOf(one['name'])}: ${of(one['data'])}`)
  const segments = of(chart['segments'])
  return segments === '' ? lines : [...lines, `  ${segments}`]
}

function rows(block: Json): string {
  const list = Array.isArray(block['rows']) ? block['rows'] : []
  return list
    .map(
      (row) =>
        `| ${objectsOf(row)
          .map((cell) => (cell['type'] === 'rich_text' ? rich(cell) : textOf(cell['text'])))
          .join(' | ')} |`,
    )
    .join('\n')
}
