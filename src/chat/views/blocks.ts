import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  Overflow,
  PlainTextElement,
  SectionBlock,
} from '@slack/types'
import type { ActionId } from '../action-ids.ts'
import { mrkdwnWithin } from '../escape.ts'
import { cut, LIMITS } from '../limits.ts'

export type Block = KnownBlock

/** One message: what notifications and screen readers say, and what is drawn. */
export type Card = {
  readonly text: string
  readonly blocks: Block[]
  /** By block_id: what stands in place of a native chart or table where Slack refuses it. */
  readonly instead?: Readonly<Record<string, readonly Block[]>>
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, LIMITS.header) }
}

/** A section of mrkdwn made from plain sentences of ours; foreign parts are escaped here. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwnWithin(text, LIMITS.section) } }
}

export function fields(texts: readonly string[]): SectionBlock {
  const shown = texts.slice(0, LIMITS.fields)
  return { type: 'section', fields: shown.map((text) => ({ type: 'mrkdwn', text: mrkdwnWithin(text, LIMITS.field) })) }
}

export function context(...texts: readonly string[]): ContextBlock {
  return rawContext(...texts.map((text) => mrkdwnWithin(text, LIMITS.contextText)))
}

/** A context of mrkdwn that is escaped already, because it carries mentions of ours. */
export function rawContext(...texts: readonly string[]): ContextBlock {
  const shown = texts.filter((text) => text !== '').slice(0, LIMITS.contextElements)
  return { type: 'context', elements: shown.map((text) => ({ type: 'mrkdwn', text: cut(text, LIMITS.contextText) })) }
}

export function actions(blockId: string, buttons: readonly (Button | Overflow)[]): ActionsBlock[] {
  if (buttons.length === 0) return []
  return [{ type: 'actions', block_id: cut(blockId, LIMITS.id), elements: [...buttons] }]
}

export type Confirm = { readonly title: string; readonly text: string; readonly yes: string; readonly no: string }

export type ButtonSpec = {
  readonly action: ActionId
  readonly text: string
  readonly value: string
  readonly label: string
  readonly style?: 'primary' | 'danger'
  readonly confirm?: Confirm
  readonly url?: string
}

export function button(spec: ButtonSpec): Button {
  return {
    type: 'button',
    action_id: spec.action,
    text: plain(spec.text, LIMITS.buttonText),
    value: cut(spec.value, LIMITS.buttonValue),
    accessibility_label: cut(spec.label, LIMITS.label),
    ...(spec.style ? { style: spec.style } : {}),
    ...(spec.url ? { url: spec.url } : {}),
    ...(spec.confirm ? { confirm: confirmOf(spec.confirm, spec.style) } : {}),
  }
}

type Menu = {
  readonly action: ActionId
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly confirm: Confirm
}

/** A menu under three dots, which has no words of its own. Its dialog asks whatever is chosen. */
export function overflow({ action, options, confirm }: Menu): Overflow {
  return {
    type: 'overflow',
    action_id: action,
    options: options.map(({ value, text }) => ({ text: plain(text, LIMITS.optionText), value })),
    confirm: confirmOf(confirm, undefined),
  }
}

export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(text, max), emoji: true }
}

function confirmOf(confirm: Confirm, style: 'primary' | 'danger' | undefined): NonNullable<Button['confirm']> {
  return {
    title: plain(confirm.title, LIMITS.confirmTitle),
    text: plain(confirm.text, LIMITS.confirmText),
    confirm: plain(confirm.yes, LIMITS.confirmButton),
    deny: plain(confirm.no, LIMITS.confirmButton),
    ...(style ? { style } : {}),
  }
}
