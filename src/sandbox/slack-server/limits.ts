/**
 * Slack's limits in one place: what a card, modal, message or caller may be before the real Slack refuses it. Lengths
 * are Unicode code points, sizes bytes, times milliseconds. Source: docs.slack.dev/reference/block-kit and the JSDoc
 * of @slack/types 3.2.0, unless a line says otherwise.
 */
export const limits = {
  blocksPerMessage: 50,
  blocksPerView: 100,
  /**
   * Undocumented total over all blocks of chat.postMessage, in bytes: refusals were seen from 11,341 characters on (bolt-js
   * 2509, 2867), for streamed messages from 10.6 k of UTF-8 on. The least of them holds here.
   */
  blockBytesPerMessage: 10_600,
  idLength: 255,
  header: 150,
  sectionText: 3000,
  sectionFields: 10,
  sectionField: 2000,
  textObject: 3000,
  contextElements: 10,
  actionsElements: 25,
  contextActionsElements: 5,
  iconButtonUsers: 10,
  altText: 2000,
  imageTitle: 2000,
  url: 3000,
  inputLabel: 2000,
  inputHint: 2000,
  markdownPerMessage: 12_000,
  button: { text: 75, value: 2000, accessibilityLabel: 75 },
  confirm: { title: 100, text: 300, button: 30 },
  /** The docs allow 150 for values since August 2026; the older 75 is kept, since either Slack accepts it. */
  option: { text: 75, value: 75, description: 75 },
  overflowOptions: 5,
  selectOptions: 100,
  choiceOptions: 10,
  placeholder: 150,
  plainTextInput: 3000,
  /** The characters of a table are bounded as those of a data_table; the docs give no number of its own. */
  table: { rows: 100, cells: 20, perMessage: 1, cellCharacters: 10_000 },
  /** Newer clients allow 201 rows and 20,000 characters; the documented, smaller numbers hold here. */
  dataTable: { minRows: 2, rows: 101, cells: 20, charactersPerMessage: 10_000, pageSize: 100 },
  /** Two per message is undocumented; it was met in the field (vercel/chat PR 696). */
  chart: { title: 50, label: 20, points: 20, series: 6, segments: 6, perMessage: 2 },
  container: { title: 150, children: 10 },
  card: { title: 150, subtitle: 150, body: 200, buttons: 3, perCarousel: 10 },
  alertText: 200,
  richTextIndent: 8,
  view: { title: 24, button: 24, privateMetadata: 3000, bytes: 250_000, stack: 3 },
  /** chat.update refuses longer text; chat.postMessage cuts at postedText. */
  updatedText: 4000,
  postedText: 40_000,
  attachments: 100,
  /** Slack's reference has the error but no number; this one is a guess on the generous side. */
  metadataBytes: 16_384,
  triggerLifeMs: 3000,
  ackMs: 3000,
  responseUrl: { uses: 5, lifeMs: 30 * 60_000 },
  connections: 10,
} as const
