import type { Button, Overflow } from '@slack/types'
import type { Block } from '../../src/chat/views/blocks.ts'
import { bytesOf, lengthOf, LIMITS, MESSAGE_BYTES } from '../../src/chat/limits.ts'
import type { Card } from '../../src/chat/views/blocks.ts'

/** Everything about a message that Slack would refuse, or that our own rules forbid; empty when it is fine. */
export function troublesOf(card: Card): string[] {
  const blockIds = card.blocks.flatMap((block) => (block.block_id ? [block.block_id] : []))
  return [
    ...over('blocks', card.blocks.length, LIMITS.blocks),
    ...over('bytes', bytesOf({ text: card.text, blocks: card.blocks }), MESSAGE_BYTES),
    ...over('text', lengthOf(card.text), LIMITS.text),
    ...(card.text === '' ? ['no text'] : []),
    ...(new Set(blockIds).size === blockIds.length ? [] : ['block ids repeat']),
    ...card.blocks.flatMap(blockTroubles),
    ...mentionTroubles(card),
  ]
}

/** The same for the blocks of a modal, whose limits are wider. */
export function viewTroublesOf(blocks: readonly Block[]): string[] {
  return [
    ...over('blocks', blocks.length, LIMITS.viewBlocks),
    ...over('bytes', bytesOf(blocks), 250_000),
    ...blocks.flatMap(blockTroubles),
  ]
}

function blockTroubles(block: Block): string[] {
  if (block.type === 'header') return over('header', lengthOf(block.text.text), LIMITS.header)
  if (block.type === 'section') return sectionTroubles(block)
  if (block.type === 'context') return contextTroubles(block)
  if (block.type === 'actions') return actionTroubles(block)
  return []
}

function sectionTroubles(block: Extract<Block, { type: 'section' }>): string[] {
  const fields = block.fields ?? []
  return [
    ...over('section', lengthOf(block.text?.text ?? ''), LIMITS.section),
    ...over('fields', fields.length, LIMITS.fields),
    ...fields.flatMap((field) => over('field', lengthOf(field.text), LIMITS.field)),
    ...(block.text || fields.length > 0 ? [] : ['an empty section']),
  ]
}

function contextTroubles(block: Extract<Block, { type: 'context' }>): string[] {
  const empty = block.elements.length === 0 ? ['an empty context'] : []
  return [...over('context', block.elements.length, LIMITS.contextElements), ...empty]
}

function actionTroubles(block: Extract<Block, { type: 'actions' }>): string[] {
  const ids = block.elements.map((element) => element.action_id ?? '')
  return [
    ...over('buttons', block.elements.length, LIMITS.buttons),
    ...over('block id', lengthOf(block.block_id ?? ''), LIMITS.id),
    ...(new Set(ids).size === ids.length ? [] : ['action ids repeat']),
    ...block.elements.flatMap((element) => {
      if (element.type === 'overflow') return overflowTroubles(element)
      if (element.type !== 'button') return ['neither button nor menu']
      return [
        ...over('button text', lengthOf(element.text.text), LIMITS.buttonText),
        ...over('label', lengthOf(element.accessibility_label ?? ''), LIMITS.label),
        ...(element.confirm ? confirmTroubles(element.confirm) : []),
      ]
    }),
  ]
}

function overflowTroubles({ options, confirm }: Overflow): string[] {
  return [
    ...over('options', options.length, LIMITS.overflowOptions),
    ...(options.length === 0 ? ['a menu of nothing'] : []),
    ...options.flatMap(({ text }) => over('option', lengthOf(text.text), LIMITS.optionText)),
    ...(confirm ? confirmTroubles(confirm) : []),
  ]
}

function confirmTroubles(confirm: NonNullable<Button['confirm']>): string[] {
  return [
    ...over('confirm title', lengthOf(confirm.title?.text ?? ''), LIMITS.confirmTitle),
    ...over('confirm text', lengthOf(confirm.text.text), LIMITS.confirmText),
    ...over('confirm button', lengthOf(confirm.confirm?.text ?? ''), LIMITS.confirmButton),
  ]
}

function mentionTroubles(card: Card): string[] {
  const parsed = JSON.stringify(card.blocks.filter((block) => block.type !== 'rich_text' && block.type !== 'header'))
  const all = `${card.text} ${parsed}`
  return ['<!channel', '<!here', '<!everyone', '<https://evil'].filter((bad) => all.includes(bad))
}

function over(what: string, got: number, most: number): string[] {
  return got > most ? [`${what}: ${got} > ${most}`] : []
}
