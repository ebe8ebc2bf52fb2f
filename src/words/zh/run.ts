import type { Catalogue } from '../sentence.ts'

/** Steps, halts and what the audit keeps. */
export const runZh = {
  NONE: ['未说明原因。'],
  APPROVAL_ASKED: ['已申请批准{phase}。'],
  APPROVED: ['{phase}已获批准：{have}/{need}。'],
  HALTED: ['{phase}已暂停。{because}'],
  RETURNED: ['已全部回退，升级结束。'],
  RETURNING: ['新建 Pod 重新使用旧版本；新控制面为仍在使用它的 Pod 保留。'],
  CANCELLED: ['{command} 已取消：有人要求回退，或此 worker 不再主导。', '请关注进度消息。'],
  APPROVAL_EXPIRED: ['{phase}的审批已过期。'],
  STEP_DONE: ['步骤 {step} 已完成。'],
  STEP_FAILED: ['步骤 {step} 失败。{because}', '后续请查看进度消息。'],
  STEP_UNDONE: ['步骤 {step} 已回退。'],
  STEP_OUTDATED: ['收到已结束尝试的报告，已忽略。'],
  UNDO_FAILED: [
    '回退步骤 {step} 失败。{because} 不会自动再试。',
    '请使用方案或集群中 ConfigMap “undo” 的命令手动回退，然后继续。',
  ],
  PHASE_DONE: ['{phase}：已完成并验证。'],
  PHASE_UNDONE: ['{phase}：已回退并验证。'],
  PHASE_UNPROVEN: ['{phase}已执行，但无法验证，因此在此暂停。', '请查看无法验证的内容，修复后继续，或回退。'],
  TAKEN_OVER: ['另一个 worker 接管了步骤 {step}；原执行者已不在。'],
  STOPPED_BY_HAND: ['{name} 绕过本频道从终端停止了升级：“{reason}”。', '请了解情况后恢复，或回退。'],
  ROLLBACK_BY_HAND: ['{name} 绕过本频道从终端发起了回退：“{reason}”。', '请关注进度消息；不清楚原因请询问对方。'],
  ALARM_OVER: ['告警已结束。此前：{what}'],
} as const satisfies Partial<Catalogue>
