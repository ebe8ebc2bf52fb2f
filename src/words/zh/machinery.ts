import type { Catalogue } from '../sentence.ts'

/** The worker's own parts. */
export const machineryZh = {
  LEASE_LOST: ['此 worker 目前不是主导者。', '无需操作：另一个 worker 会继续。'],
  JOB_MALFORMED: ['无法读取队列 {queue} 中的任务[[（{where}）]]，已忽略。', '请将 bot 与 worker 升级到同一版本。'],
  AUDIT_CONTENDED: [
    '无法写入审计记录 {id}：有人持续在写。没有审计记录则不执行任何操作。',
    '请检查是否有两个 worker 在同一集群上运行。',
  ],
  RECORD_KEY_MISSING: [
    '未设置 MESHFERRY_RECORD_KEY，无法辨别记录真伪。',
    '请设置它（或 MESHFERRY_RECORD_KEY_FILE）后重新启动 worker。',
  ],
  REDIS_UNREACHABLE: [
    '无法连接 Redis[[（{host}）]][[：{reason}]]。',
    '请检查 REDIS_URL 与网络。集群中的运行不会丢失：记录保存在集群里。',
  ],
  NAMESPACE_MISSING: ['命名空间 {namespace} 不存在且无法创建[[：{message}]]。', '请用此清单创建：{manifest}'],
  WORKER_INJECTED: [
    '注入器 {object} 匹配 worker 自己的命名空间[[ {namespace}]]；worker 不能依赖它要升级的组件，因此不会行动。',
    '请为该命名空间加上标签 istio-injection=disabled。',
  ],
  WORKER_BEHIND_WEBHOOK: [
    '控制面的 webhook {object} 失效时会阻止 worker 自己的 Pod[[（{namespace}）]]。worker 不会行动。',
    '请将该命名空间排除在外。',
  ],
  REFUSED: ['已拒绝：{code}'],
} as const satisfies Partial<Catalogue>
