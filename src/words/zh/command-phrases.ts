import type { commandPhrasesEn } from '../en/command-phrases.ts'

/** 每个命令的写法。 */
export const commandPhrasesZh: Readonly<Record<keyof typeof commandPhrasesEn, string>> = {
  usageUpgrade: '升级 [集群] [到 版本] [截止 日期]',
  usageStatus: '状态 [集群]',
  usageStragglers: '未迁移 [团队、unowned 或集群]',
  usageApprovals: '审批',
  usageReport: '报告 [集群]',
  usageStop: '停止 [集群]',
  usageResume: '继续 [集群]',
  usageRollback: '回退 [集群]',
  usageLang: '语言 [en、zh 或 auto]',
  usageHelp: '帮助',
}
