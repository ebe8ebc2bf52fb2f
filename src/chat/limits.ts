/** Slack's limits, counted in Unicode code points (docs.slack.dev/reference/block-kit; @slack/types JSDoc). */
export const LIMITS = {
  blocks: 50,
  viewBlocks: 100,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  contextElements: 10,
  contextText: 3000,
  buttons: 25,
  options: 100,
  buttonText: 75,
  buttonValue: 2000,
  label: 75,
  id: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  privateMetadata: 3000,
  /** Ours: a notification is a sentence or two. */
  notification: 300,
  /** chat.update refuses more (`msg_too_long`). */
  text: 4000,
  preformatted: 3000,
  chartTitle: 50,
  /** Of a series or a point of a chart. */
  chartLabel: 20,
  reason: 500,
} as const

/**
 * Bytes of one message's text and blocks as JSON. Slack's own ceiling is undocumented: 11,341 characters were refused (bolt-js
 * issues 2509, 2867), 10.6 kB where it seems to count UTF-8 bytes, so every card stays far below it.
 */
export const MESSAGE_BYTES = 6000

/** Slack refuses a view over 250 kB (`view_too_large`). */
export const VIEW_BYTES = 200_000

/** How much of the notification a phone shows: the risk must stand within it. */
export const NOTIFICATION_HEAD = 90

/** The text, cut to `max` code points with an ellipsis at its end where something was cut. */
export function cut(text: string, max: number): string {
  const points = [...text]
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`
}

export function lengthOf(text: string): number {
  return [...text].length
}

export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
