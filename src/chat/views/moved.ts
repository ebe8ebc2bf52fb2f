import { put, type Look } from './look.ts'

/** How many of 100 pods have moved, rounded down; 100 where there are none. */
export function percentMoved(pods: { readonly old: number; readonly new: number }): number {
  const all = pods.old + pods.new
  return all === 0 ? 100 : Math.floor((pods.new / all) * 100)
}

/** `payments 12, shop 3`: teams with their pods that are left; what nobody owns is named as such. */
export function teamsLeft(
  teams: readonly { readonly team: string | null; readonly old: number }[],
  look: Look,
): string {
  const shown = teams.map(({ team, old }) => `${team ?? put(look, 'stragglersUnowned')} ${old}`)
  return shown.join(look.locale === 'zh' ? '、' : ', ')
}
