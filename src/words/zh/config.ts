import type { Catalogue } from '../sentence.ts'

/** The file meshferry.yaml. */
export const configZh = {
  CONFIG_YAML: ['无法将文件 {file} 读作 YAML[[（第 {line} 行]][[，第 {column} 列）]]：{message}。', '请在该处修复。'],
  CONFIG_UNKNOWN_KEY: [
    '{path}[[（{file} 第 {line} 行）]] 未知。',
    '[[是否指 {nearest}？]][[“{phase}”的审批人写在那里。]]',
  ],
  CONFIG_NOT_BUILT: ['{path}[[（{file} 第 {line} 行）]] 属于本版本尚未提供的功能。', '请移除它。'],
  CONFIG_REQUIRED: ['缺少 {path}[[（{file} 第 {line} 行）]]。', '请添加它。'],
  CONFIG_INVALID: [
    '{path}[[（{file} 第 {line} 行）]] 不符合要求：{message}。',
    '请更正；“meshferry config explain”会说明可用的值。',
  ],
  CONFIG_NO_CLUSTER: ['{path}[[（{file} 第 {line} 行）]] 没有任何集群。', '请至少添加一个。'],
  CONFIG_KUBE_ONE_WAY: [
    '{path}[[（{file} 第 {line} 行）]] 需要在 context 与 inCluster: true 中二选一。',
    '请只保留其中一个。',
  ],
  CONFIG_KEEP_NOWHERE: [
    '{path}[[（{file} 第 {line} 行）]] 写明了证据保留多久，但没有写明写入哪个目录。',
    '请添加 evidence.to，或去掉 keep。',
  ],
  CONFIG_DURATION: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是时长。',
    '请写数字加单位，例如 10m、24h 或 28d，最长 3650d。',
  ],
  CONFIG_DAYS: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不足一天。',
    '请以天为单位书写，例如 28d；m 表示分钟。',
  ],
  CONFIG_ZONE: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是时区。',
    '请写成 Asia/Shanghai 或 Europe/Berlin 的形式。',
  ],
  CONFIG_WINDOW: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是时间窗口。',
    '请写成“Mon-Thu 10:00-16:00”的形式。',
  ],
  CONFIG_TIME: ['{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是一天中的时间。', '请写成 21:00 的形式。'],
  CONFIG_DAY: ['{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是日期。', '请写成 2026-12-20 的形式。'],
  CONFIG_PROBE_NAME: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是探测名称。',
    '请使用小写字母、数字和连字符，最多 40 个。',
  ],
  CONFIG_PROBE_PACE: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 过于频繁或过于稀疏。',
    '请取 500ms 到 60s 之间。',
  ],
  CONFIG_PROBE_TWICE: ['{path}[[（{file} 第 {line} 行）]] 有两个同名的探测。', '请为每个探测取不同的名称。'],
  CONFIG_BUDGET: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是错误预算。',
    '请写成 0.1% over 5m 的形式；最多 50%。',
  ],
  CONFIG_FREEZE_ORDER: ['{path}[[（{file} 第 {line} 行）]][[“{value}”]] 的结束早于开始。', '请将较早的日期写在 from。'],
  CONFIG_PUBLIC_KEY: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是 Ed25519 公钥。',
    '请使用 "meshferry init" 与 MESHFERRY_BOT_KEY 一同生成的 base64 公钥。',
  ],
  CONFIG_USER_OR_GROUP: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是 Slack 用户或用户组。',
    '请使用以 U、W 或 S 开头的 ID，不接受名称。',
  ],
  CONFIG_CHANNEL: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是 Slack 频道 ID。',
    '请使用频道详情中以 C 或 G 开头的 ID。',
  ],
  CONFIG_KUBE_NAME: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是 Kubernetes 名称。',
    '请使用小写字母、数字与连字符，最长 63 个字符。',
  ],
  CONFIG_COMMAND: ['{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是斜杠命令。', '请写成 /istio 的形式。'],
  CONFIG_NAME: [
    '{path}[[（{file} 第 {line} 行）]][[“{value}”]] 不是有效的名称。',
    '请使用小写字母、数字与连字符，最长 40 个字符。',
  ],
  CONFIG_ROLLBACK_NEED: [
    '{path}[[（{file} 第 {line} 行）]] 只能为 1：任何一位名单中的人都足以回退，回退永远不必等待第二个人。',
    '请删除它。若可回退的人太多，请缩短 from 名单，并将 own 设为 false。',
  ],
} as const satisfies Partial<Catalogue>
