import type { keeperPhrasesEn } from '../en/keeper-phrases.ts'

/** 团队如何重新发布由其他工具管理的工作负载。 */
export const keeperPhrasesZh: Readonly<Record<keyof typeof keeperPhrasesEn, string>> = {
  teamKept: '由 {tools} 管理：普通的 `kubectl rollout restart` 可能会被其撤销，导致 Pod 重启两次。请照此处的命令执行。',
  teamThroughTool: '{kind} {namespace}/{name}：由 {tool} 管理，请通过 {tool} 重新发布。',
}
