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
  RECORD_KEY_UNREADABLE: [
    'MESHFERRY_RECORD_KEY 中没有记录密钥，命名空间 {namespace} 的 Secret {secret} 也无法提供（{message}）。',
    '请设置该变量，或使用有权读取该 Secret 的 kubeconfig。',
  ],
  CONTEXT_NEEDED: [
    '配置文件说明 {cluster} 的 worker 运行在集群内部；终端在集群外部。',
    '请用 --context 指明 kubeconfig 的上下文，以免误操作其他集群。',
  ],
  REASON_MISSING: ['需要说明原因：所有未被询问的人都会看到。', '请用 --reason "…" 给出。'],
  LEAD_WANTED: ['正在接管 {cluster}。当前主导的 worker 会先停下：最多 {seconds} 秒；若其步骤仍可能写入则更久。'],
  EVIDENCE_WRITTEN: ['{run} 的证据在 {files}。'],
  EVIDENCE_UNWRITABLE: [
    '证据无法写入 {path}：{message}。',
    '请指定可写的目录：`meshferry ctl report --to FOLDER` 可随时重写。',
  ],
  EVIDENCE_NOT_REMOVED: [
    '超过 evidence.keep 的证据无法删除：{path}：{message}。',
    '请手动删除，或允许 worker 写入该目录；它每隔几小时会重试。',
  ],
  AUDIT_HOLDS: ['审计链完整：{lines} 行[[，末尾哈希 {head}]]。'],
  AUDIT_BROKEN: [
    '审计链在第 {broken} 行断裂；之前 {lines} 行完整[[，末尾哈希 {head}]]。',
    '请与您记在别处的末尾哈希以及 API 服务器审计日志比对。',
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
