import type { Catalogue } from '../sentence.ts'

/** 谁仍需要旧控制面，以及它的演练与下线。 */
export const retireZh = {
  PODS_STILL_OLD: [
    '仍有 {pods} 个 Pod 使用 {from} 的 sidecar[[，分布在 {workloads} 个工作负载中]]。',
    '它们会在下次发布时切换；命令 stragglers 会列出它们。',
  ],
  SIDECARS_UNKNOWN: [
    '有 {pods} 个 Pod 的 sidecar 无法确定修订版，它们可能仍需要旧控制面。',
    '请重新发布它们，或去掉手工加入的 sidecar。',
  ],
  PROXIES_UNASKED: ['没有运行中的 {from} 的 istiod 可以说明谁仍连接着。', '请重新启动它；静默时间从那时起计算。'],
  PROXIES_UNKNOWN: [
    '{from} 的一个 istiod 没有说明连接了多少代理，因此不能视为零。',
    '请在 worker 的日志中查看它的回答。',
  ],
  SOURCES_DISAGREE: [
    '集群中没有使用 {from} sidecar 的 Pod，但它的 istiod 表示仍有 {proxies} 个代理连接。',
    '请用 istioctl proxy-status 查明是谁：网关、集群外的机器或工具。',
  ],
  NOBODY_LEFT: ['自 {since} 起已无人使用 {from}：没有 Pod 带有它的 sidecar，也没有代理连接到它。'],
  NOT_COUNTED_YET: ['尚未统计谁在使用旧控制面。', 'worker 会在一分钟内统计；请稍后再试。'],
  NOT_QUIET_YET: [
    '自 {since} 起已无人使用 {from}；从 {until} 起可以下线。',
    '请等到那时，卡片会自动出现；若上一次失败，请再次申请。',
  ],
  CENSUS_STALE: [
    '最近几分钟内没有统计旧控制面的使用情况，因此视为仍在使用。',
    '请一分钟后重试：刚启动的 worker 还没有完成统计。如果一直如此，其日志会说明原因。',
  ],
  OLD_STILL_RESOLVED: [
    '仍有内容指向 {from}：{by}。',
    '请将其改为其他人使用的标签（tag）或修订版；下次点击时会重新检查。',
  ],
  OLD_NOT_OURS_TO_REMOVE: [
    '{revision} 的控制面由 {owner} 创建（{evidence}），istioctl 不会移除它。',
    '请用创建它的工具移除；您下一次申请升级时，本次升级即结束。',
  ],
  OLD_NOT_ISTIOCTLS: [
    '{revision} 没有任何带有 istioctl 移除所依据标签的对象。未做任何更改。',
    '请用创建它的工具移除。',
  ],
  OLD_NOT_RESTORABLE: [
    '旧控制面的 {kind} {name} 无法恢复，因此未做任何更改。[[{because}]]',
    '请按 API server 的说明修复，然后重新申请。',
  ],
  OLD_SAVED: ['已保存 {revision} 的 {objects} 个对象；逐个演练表明可以恢复。'],
  OLD_HAS_OTHERS: [
    '移除 {revision} 会一并移除并非控制面的对象：{objects}。',
    '请先将其交给其他修订版本（单独安装，或修改标签 istio.io/rev）；然后再次申请。',
  ],
  OLD_AT_WORK_AGAIN: ['旧控制面 {from} 已重新工作。'],
  OLD_REMOVED: ['修订版 {revision} 的控制面已移除，无残留。'],
  OLD_PUT_BACK: ['已恢复 {revision} 的 {objects} 个对象，其 istiod 已就绪。'],
  OLD_RETIRED: ['Istio {from} 已下线，在 {until} 之前可以恢复。'],
  REHEARSED: ['{from} 缩到零[[ {minutes} 分钟]][[ {seconds} 秒]]，无人需要它，现已恢复。'],
  REHEARSAL_BAD: ['演练出现问题：有人仍需要旧控制面。{because}', '会自动恢复；请查明谁需要它，然后重新申请。'],
  REHEARSAL_INTERRUPTED: ['监看演练的 worker 已不在，因此演练视为失败。', '旧控制面会自动恢复；然后请重新申请。'],
  RETIRE_PROVEN: ['没有旧控制面时，每类新建 Pod 均已验证使用 {to}，校验也正常应答。'],
  VALIDATOR_LOST: ['校验指向的对象无法应答：{validators}。', '会自动回退；请查明谁写入了它们。'],
  OLD_TAKES_WEBHOOKS: [
    'istioctl 移除 {revision} 时会连带移除现已指向其他版本的对象：{webhooks}。',
    '请将其标签 istio.io/rev 改为它所指向的 revision（{to}），然后重新申请。',
  ],
  WEBHOOK_LOST: [
    '有 webhook 调用不存在的 Service：{webhooks}。',
    '请删除它们，或改为指向可应答的 Service；在此之前不会移除任何内容，已移除的会恢复。',
  ],
  NEW_UNUSED: ['已无人使用 {revision}，按回退的决定将其移除。'],
  WAY_BACK_OVER: ['升级 {run} 已结束；旧控制面不能再恢复。'],
} as const satisfies Partial<Catalogue>
