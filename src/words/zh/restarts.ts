import type { Catalogue } from '../sentence.ts'

/** 由负责团队点击的重启。 */
export const restartsZh = {
  RESTARTS_OFF: [
    '此处不能重启 {team} 的工作负载：该集群的设置不允许由负责人重启。未重启任何内容。',
    '请照常重新发布，用当前版本即可。',
  ],
  TEAM_HAS_NO_MEMBERS: [
    '没有列出 {team} 的成员，因此没有人可以在此重启其工作负载。未重启任何内容。',
    '平台团队可在 teams.known.{team}.members 中列出成员；也可以照常重新发布。',
  ],
  NOT_OF_THE_TEAM: ['只有 {team} 的成员可以重启其工作负载。未重启任何内容。', '请联系 {ask}。'],
  RESTART_NOT_LEFT: [
    '{workload} 不在[[ {team} 的]]未迁移清单中：它已迁移、已不存在，或不属于该团队。未重启任何内容。',
    '无需对它做任何事。',
  ],
  RESTART_IN_VAIN: ['重启无法迁移 {workload}。{because}', '请先处理上述原因。未重启任何内容。'],
  RESTART_UNDER_WAY: [
    '{workload} 已在重启，或已约定时间[[（{by}）]]，不会重启两次。',
    '团队频道里的对应消息会显示进度。',
  ],
  RESTART_BY_ITS_TOOL: [
    '{workload} 由 {tool} 管理，应以 {tool} 的方式重启，而不是在此重启。未重启任何内容。',
    '请运行此命令：',
  ],
  RESTART_INSIDE_ITS_TOOL: [
    '{workload} 由 {tool} 管理，应以 {tool} 的方式重启，而不是在此重启。从它的标记中无法得知应使用哪条命令。未重启任何内容。',
    '请通过 {tool} 重新发布。',
  ],
  RESTART_RIGHTS_MISSING: [
    'worker 没有重启工作负载的权限：缺少对 {resource} 的 {verb} 权限[[（命名空间 {namespace}）]]。未重启任何内容。',
    '平台团队可用 deploy/kubernetes/restart-rights.yaml 授权；也可以照常重新发布。',
  ],
  RESTART_SHOWN: ['{workload}：{replicas} 个 Pod 中 {ready} 个就绪，{strategy}。'],
  RESTART_DIALOG_LAPSED: ['此对话框打开超过 30 分钟，因此未重启任何内容。', '请再次点击提醒上的按钮。'],
  RESTART_TIME_AWAY: ['时间必须在将来，且不超过 31 天。未记录。', '请另选时间。'],
  RESTART_TIME_CLOSED: ['该时间不在团队的工作时间内。未记录。', '请另选时间[[；下次工作时间始于 {opens}]]。'],
  RESTART_TIME_LATE: ['该时间晚于 {day}，即请团队完成的日期。未记录。', '请选择更早的时间，或立即重启。'],
  RESTART_ASKED: ['正在重启 {workload}，不涉及其他内容。', '团队频道里的对应消息会显示进度。'],
  RESTART_PLANNED: [
    '{workload} 将在 {due} 重启，除非在此之前已自行迁移。不会重启其他内容。',
    '开始时团队频道里的对应消息会说明。',
  ],
  RESTART_WRITTEN: ['已按负责人的要求触发 {team} 的 {workload} 重启。'],
  RESTART_DONE: ['{team} 的 {workload} 已重启且健康。'],
  RESTART_FAILED: ['{team} 的 {workload} 重启未成功。[[{because}]]'],
  RESTART_DROPPED: ['{team} 的 {workload} 的重启已取消。[[{because}]]'],
  RESTART_CHANGED: [
    '该工作负载在展示之后又被更改，因此未重启任何内容。',
    '若那是一次重新发布，则无需再做什么；否则请再次点击提醒上的按钮。',
  ],
  RESTART_GONE: [
    '该工作负载已不存在或已重新创建。不再对它做任何事。',
    '请查看现在运行的内容；若仍使用旧 sidecar，请重新发布。',
  ],
  RESTART_OVERTAKEN: ['写入重启之后，有人或工具又更改了其模板，因此不再跟踪此次发布。', '请用下面的命令查看发布情况。'],
  RESTART_STUCK: [
    'Kubernetes 表示发布没有进展[[：{message}]]。',
    '在新 Pod 就绪之前旧 Pod 仍在服务。请先查看新 Pod 的事件。',
  ],
  RESTART_SLOW: ['{minutes} 分钟后仍不健康。', '发布仍在继续，不会自动回退。请查看新 Pod 的事件。'],
  RESTART_NOT_NEEDED: ['它已没有使用旧 sidecar 的 Pod：在此之前已自行迁移，或已不存在。未重启任何内容。'],
  RESTART_MISSED: [
    '到约定的时间无法开始：没有 worker 在运行，或无法统计 Pod，现在已太晚。未重启任何内容。',
    '请另选时间，或照常重新发布。',
  ],
  RESTART_TAKEN_BACK: ['{by} 取消了 {workload} 约定的时间。届时不会重启。'],
  RESTART_TAKEN_BACK_ALREADY: [
    '{by} 此前已取消 {workload} 约定的时间[[（{when}）]]。届时不会重启，你的点击未更改任何内容。',
    '若仍需重启，请在团队最新的提醒上另约时间。',
  ],
  RESTART_TAKE_BACK_ASKED: ['{by} 请求取消 {workload} 约定的时间。'],
  RESTART_NO_TIME: [
    '{team} 的这个约定时间已没有任何记录：它早已处理完毕。未做任何更改。',
    '团队最新的提醒会列出剩余内容；{command} status 会显示当前正在进行的升级。',
  ],
  RESTART_BEGUN: [
    '{asker} 要求的 {workload} 重启已于 {when} 开始，因此无法再取消其时间。你的点击未更改任何内容。',
    '重启不会中途停止：团队频道里的对应消息会显示进度。',
  ],
  RESTART_OVER_WELL: [
    '{workload} 已按 {asker} 的要求重启[[，并于 {when} 恢复健康]]。其时间无法再取消，你的点击未更改任何内容。',
    '无需再对它做任何事。',
  ],
  RESTART_OVER_BADLY: [
    '{asker} 要求的 {workload} 重启已开始，但[[于 {when} ]]未成功。[[{because}]]你的点击未更改任何内容。',
    '团队频道里的对应消息会说明应查看什么。',
  ],
  RESTART_OVER_UNDONE: [
    '{asker} 为 {workload} 约定的重启[[已于 {when} ]]取消。[[{because}]]没有可以再取消的内容。',
    '团队最新的提醒会列出剩余内容。',
  ],
  RESTART_TURNED: [
    '此后升级已转向：Pod 目前不再迁移到 Istio {to}。未重启任何内容。',
    '只有团队最新提醒中列出的内容仍需迁移。',
  ],
  RESTART_LAPSED: ['在点击或约定时间后的两分钟内未能开始，因此不再开始。未重启任何内容。', '请再次点击提醒上的按钮。'],
} as const satisfies Partial<Catalogue>
