import type { workloadPhrasesEn } from '../en/workload-phrases.ts'

/** 句子中工作负载的写法。 */
export const workloadPhrasesZh: Readonly<Record<keyof typeof workloadPhrasesEn, string>> = {
  workloadName: '{namespace} 中的 {kind} {name}',
}
