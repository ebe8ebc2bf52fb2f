import type { Catalogue } from '../sentence.ts'

/** Slack and the bot. */
export const chatZh = {
  SLACK_TOKEN_MISSING: ['未设置 Slack 令牌 {name}。', '请设置 {name}（或 {name}_FILE）后重新启动 bot。'],
  SLACK_TOKEN_INVALID: [
    'Slack 拒绝了令牌 {name}[[：{error}]]。',
    '请在 api.slack.com 的应用页面重新获取令牌，然后重新启动 bot。',
  ],
  SLACK_SCOPE_MISSING: [
    'Slack 应用缺少权限 {scope}[[（{method} 需要）]]。',
    '请为应用的 bot 添加权限 {scope}，重新安装应用，然后重新启动 bot。',
  ],
  SLACK_UNREACHABLE: [
    '无法连接 Slack[[（{url}）]][[：{message}]]。',
    '请检查网络与 SLACK_API_URL。不会丢失任何内容：消息会保留并在恢复后发送。',
  ],
  SLACK_REFUSED: ['Slack 拒绝了 {method}：{error}。', '请查看 bot 日志；错误会指出 Slack 不接受的内容。'],
  SLACK_CHANNEL_UNUSABLE: [
    'bot 无法向频道 {channel} 发送消息（{error}）。',
    '请更正 meshferry.yaml 中的频道 ID（在频道详情的底部），或邀请 bot 加入该频道。',
  ],
  SLACK_NOBODY: [
    'meshferry.yaml 中的 ID {id} 不是任何可以做决定的人（{error}）。',
    '请更正：使用个人资料中的成员 ID（U…）或用户组 ID（S…）。',
  ],
  SLACK_PORT_IN_USE: [
    '无法打开用于 Slack 请求的端口 {port}[[：{message}]]。',
    '请将 PORT 设为空闲端口，或停止占用它的程序。',
  ],
  COMMAND_UNKNOWN: ['我不认识“{typed}”。', '全部命令：{command} 帮助。'],
  COMMAND_EXTRA_WORDS: ['我不理解 {verb} 之后的“{typed}”。未做任何操作。', '请这样写：{usage}。'],
  VERSION_WORD_INVALID: ['“{typed}”不是 Istio 版本。未做任何操作。', '请写三段数字，例如 1.31.0。'],
  DAY_WORD_INVALID: ['“{typed}”不是日期。未做任何操作。', '请这样写：2027-02-04，或“2月4日”（指最近的下一个）。'],
  DEADLINE_FAR: ['{day} 距今 {days} 天；最多 366 天。未做任何操作。', '请写对日期后重新申请。'],
  DEADLINE_PAST: [
    '不能请各团队在 {day} 前重新发布：{zone} 现在已是 {today}。未做任何操作。',
    '请换一个未到的日期重新申请；或去掉“by”，此时以配置文件中的 clusters.NAME.deadline 为准（如有设置）。',
  ],
  CLUSTER_UNKNOWN: ['没有名为“{typed}”的集群。未做任何操作。', '已知集群：{clusters}。'],
  STALE_CARD: ['这张卡片已过时，你的点击未更改任何内容。卡片正在重新显示。', '请重新阅读后再点击。'],
  CARD_NOT_REMEMBERED: [
    'bot 不记得这张卡片，你的点击未更改任何内容。已请 worker 重新发送，并询问它后来如何。',
    '若升级仍在进行，几秒后即可重新使用，届时再点击；若升级已结束，会在这里告诉你它如何结束。若两者都没有，则已有更新的消息取代它，或已不再保留其记录：请查看 {command} status。',
  ],
  RUN_IS_ANOTHER: ['此按钮属于已结束或被替换的升级。未做任何更改。', '查看当前状态：status {cluster}。'],
  PERSON_OTHER_WORKSPACE: [
    '你的账号属于另一个工作区（{team}），不能在此做决定。未做任何更改。',
    '请由本工作区的成员操作。',
  ],
  PERSON_GUEST: ['访客不能在此做决定。未做任何更改。', '请由本工作区的正式成员操作。'],
  PERSON_NOT_ACTIVE: ['你的账号不是本工作区的有效成员。未做任何更改。', '请由有效成员操作。'],
  PERSON_IS_BOT: ['应用与机器人不能在此做决定。未做任何更改。', '请由人操作。'],
  PERSON_UNREADABLE: ['Slack 暂时无法确认你的身份[[（{error}）]]，因此未做任何更改。', '请稍后再点击。'],
  GROUPS_UNREADABLE: [
    'Slack 暂时无法读取用户组 {group} 的成员[[（{error}）]]，因此未做任何更改。',
    '请稍后再点击；若持续如此，请为应用添加 usergroups:read，或在配置中列出个人。',
  ],
  QUEUE_UNREACHABLE: [
    'bot 无法连接队列（Redis）。bot 未更改任何内容；若请求仍已送达，卡片会显示。',
    '请在恢复后再点击；紧急时可使用集群中的回退命令（ConfigMap undo）。',
  ],
  WORKER_SILENT: [
    '{cluster} 的 worker 尚未回应；它最近一次出现在 {at}。',
    'worker 是否在运行？若 2 分钟内没有新的回答，请先查看当前状态，再决定是否再次点击。',
  ],
  WORKER_NEVER_SEEN: [
    '{cluster} 的 worker 尚未回应，且从未出现过。',
    '请启动它：meshferry worker --cluster {cluster}。若 2 分钟内没有新的回答，请再次点击。',
  ],
  WORKER_WORKING: [
    '{cluster} 的 worker 仍在检查；它最近一次出现在 {at}。',
    '无需操作。若 2 分钟内没有新的回答，请先查看当前状态，再决定是否再次点击。',
  ],
  WORKER_ALL_QUIET: [
    '自 {at} 起未见到 {cluster} 的 worker，而那里正有升级进行。流量不受影响。',
    '请检查 worker 的 Pod；worker 恢复后升级会自动继续。',
  ],
  REQUEST_LAPSED: [
    '{cluster} 的 worker 在 2 分钟内未回应。它至今未读到的请求不会再执行。',
    '请先查看当前状态（{command} status {cluster}），再决定是否再次点击。若它稍后回应，会在这里告诉你。',
  ],
  INTERNAL: ['发生了意料之外的问题：{message}。不再继续。', '请查看相应进程的日志，并附上此代码报告问题。'],
} as const satisfies Partial<Catalogue>
