import type { Catalogue } from '../sentence.ts'

/** 某个工作负载的 Pod 为何仍带有旧 sidecar，以及其负责人可以做什么；Meshferry 不会代做。 */
export const censusZh = {
  NOT_REDEPLOYED: ['切换之后它还没有重新发布。', '无需特别处理：下次发布时就会切换。'],
  IMAGE_PINNED: [
    '注解 sidecar.istio.io/proxyImage 固定了它的 sidecar（{image}）：重新发布也不会改变。',
    '请从 Pod 模板中去掉该注解，然后重新发布。',
  ],
  ASKS_FOR_OLD: [
    '重新发布仍会得到旧控制面[[：其 {where} 上的标签 {label} 指向 {revision}]]。',
    '请改用其他人使用的标签（tag）或修订版本，然后重新发布。',
  ],
  ASKS_FOR_OTHER: [
    '重新发布会得到修订版本 {revision}，它不是新版本[[：其 {where} 上的标签 {label} 指向它]]。',
    '请改用其他人使用的标签（tag）或修订版本，然后重新发布。',
  ],
  INJECTION_OFF: [
    '按其模板和命名空间的标签，新的 Pod 不会被注入；运行中的 Pod 仍带有以前的 sidecar。',
    '如果这是有意的，请重新发布：新的 Pod 不再有 sidecar。如果不是，请先恢复标签。',
  ],
  INJECTED_BY_HAND: [
    '它的 sidecar 写在 Pod 模板中：重新发布也不会改变。',
    '请从模板中去掉它并改用自动注入，或用新的 istioctl 重新注入模板。',
  ],
  MADE_BY_ISTIOD: [
    '这些 Pod 由 istiod 为 Gateway 对象创建：重新发布不会改变其归属。',
    '它们跟随其 Gateway 的标签 istio.io/rev。',
  ],
  REDEPLOY_UNKNOWN: ['目前无法得知重新发布会得到什么。', '在依靠重新发布之前，请先查看其命名空间由什么注入。'],
  BARE_POD: ['没有工作负载管理这个 Pod，因此不会被重新创建。', '方便时请删除并重新创建它。'],
  STATIC_POD: ['kubelet 按节点上的文件创建这个 Pod，因此重新发布对它无效。', '由维护该文件的人修改。'],
  NO_ROLLOUT: ['没有 Deployment 管理的 {kind}：模板的更改不会到达任何 Pod。', '方便时请逐个删除其 Pod：它会重新创建。'],
  KIND_UNKNOWN: [
    '这些 Pod 由 {kind} 创建，Meshferry 不认识它：无法得知重新发布是否会切换它们。',
    '请按其 operator 的方式重新创建这些 Pod。',
  ],
  NEXT_RUN: ['CronJob：正在运行的任务保留其 sidecar。', '无需操作：下次运行时即为新版本。'],
  ENDS_WITH_JOB: ['Job：其 Pod 在结束之前保留 sidecar。', '除非会运行数周，否则无需操作。'],
  ROLLOUT_PAUSED: ['它的发布已暂停，更改不会到达任何 Pod。', '请恢复：kubectl rollout resume。'],
  ON_DELETE: ['它的更新策略是 OnDelete：要等有人删除 Pod 才会更新。', '方便时请逐个删除其 Pod。'],
  ROLLOUT_PARTITION: ['其滚动更新的 partition 为 {partition}，编号更小的 Pod 不会更新。', '方便时请调低 partition。'],
  ROLLOUT_UNFINISHED: [
    '它的发布尚未完成：较新的 Pod 已使用新 sidecar。',
    '发布进行中无需操作；如果停滞，请用 kubectl rollout status 查看原因。',
  ],
  SCALED_TO_ZERO: ['它已缩容为零：剩下的 Pod 即将结束。', '无需操作。'],
  TEAM_TOLD: ['已告知团队 {team}：{what}[[，第 {number} 次提醒]][[，请其在 {by} 前重新发布]]；还剩 {old} 个 Pod。'],
  TEAM_SNOOZED: ['{until} 之前不再提醒团队 {team}。'],
  TEAM_NOT_OURS: ['已记录：{workloads} 不属于团队 {team}。', '升级负责人已得知。不会再向该团队提醒这些工作负载。'],
  UNOWNED_TOLD: [
    '已在其频道中提醒未注明团队的工作负载：{what}[[，第 {number} 次提醒]][[，请在 {by} 前重新发布]]；还剩 {old} 个 Pod。',
  ],
  UNOWNED_SNOOZED: ['{until} 之前不再提醒未注明团队的工作负载。'],
  NUDGE_OUTDATED: [
    '这条[[给团队 {team} 的]]提醒已失效；没有任何改动。',
    '请查看最新的提醒，或 `{command} stragglers`。',
  ],
} as const satisfies Partial<Catalogue>
