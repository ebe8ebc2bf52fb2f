import type { MessageNotice } from '../wire/notice.ts'

/** Messages of which only the newest is news, and the place of one among them. */
export type InSeries = { readonly series: string; readonly order: number }

/**
 * A digest of yesterday, and a nudge before the last, say nothing that the newer one doesn't: what Slack was away for is not
 * told afterwards. Null for everything else.
 */
export function seriesOf({ card }: MessageNotice): InSeries | null {
  if (card.card === 'digest') return { series: `${card.run}.digest`, order: Number(card.day.replaceAll('-', '')) }
  if (card.card !== 'team' || card.kind === 'told') return null
  // Thanks come after the nudge that they end, and before the next one.
  const series = `${card.run}.team.${card.to.revision}.${card.team ?? ''}`
  return { series, order: card.number * 2 + (card.kind === 'done' ? 1 : 0) }
}
