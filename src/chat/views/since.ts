import { put, type Look } from './look.ts'

type Pods = { readonly old: number; readonly new: number }
type Before = { readonly day: string; readonly old: number; readonly new?: number | undefined }

/**
 * What changed since a day. Only as many pods moved as there are more on the new sidecar and fewer on the old: scaling makes either
 * number change by itself, and is told as what it is.
 */
export function sinceLine(before: Before, pods: Pods, look: Look): string {
  const fewer = before.old - pods.old
  const moved = before.new === undefined ? 0 : Math.max(0, Math.min(pods.new - before.new, fewer))
  const parts = [
    ...(moved > 0 ? [put(look, 'sinceMoved', { n: moved })] : []),
    ...(fewer > moved ? [put(look, 'sinceFewer', { n: fewer })] : []),
    ...(fewer < 0 ? [put(look, 'sinceMore', { n: -fewer })] : []),
    ...(fewer === 0 ? [put(look, 'sinceSame')] : []),
  ]
  return put(look, 'sinceDay', { day: before.day, list: parts.join(look.locale === 'zh' ? '，' : ', ') })
}
