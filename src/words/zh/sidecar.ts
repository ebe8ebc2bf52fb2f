import type { Catalogue } from '../sentence.ts'

/** 是 sidecar 的问题吗？比较新旧 Pod 得出的结论及其依据。 */
export const sidecarZh = {
  SIDECAR_NOT_SAME: [
    '不是 sidecar 的问题：旧 Pod 同样失败。{container} 在 {pods} 个新 Pod 中有 {n} 个失败[[（{reason}）]]，在 {old} 个旧 Pod 中有 {m} 个失败。',
    '请在任一 Pod 中查看 {container} 的日志。',
  ],
  SIDECAR_NOT_CONTAINER: [
    '不是 sidecar 的问题：{pods} 个新 Pod 中有 {n} 个无法启动 {container}[[（{reason}）]]，原因在于它自己的镜像或配置。',
    '请检查本次发布中 {container} 的镜像和配置。',
  ],
  SIDECAR_NOT_OLD_ONLY: [
    '不是新 sidecar 的问题：{pods} 个新 Pod 都没有失败，失败的只有旧 Pod。',
    '请查看旧 Pod；重新发布会重新创建它们。',
  ],
  SIDECAR_BACK_ONLY: [
    '无法判断：{pods} 个新 Pod 都没有失败，失败的只有旧 Pod，而目前 Pod 正在换回旧 sidecar。',
    '请把下面几行告诉文末的联系人。',
  ],
  SIDECAR_MAYBE_PROXY: [
    '可能是 sidecar 的问题：{container} 在 {pods} 个新 Pod 中有 {n} 个失败或未就绪[[（{reason}）]]，在 {old} 个旧 Pod 中有 {m} 个。',
    '请把下面几行告诉文末的联系人。',
  ],
  SIDECAR_MAYBE_APP: [
    '可能是 sidecar 的问题：镜像相同，{container} 在 {pods} 个新 Pod 中有 {n} 个失败或未就绪[[（{reason}）]]，在 {old} 个旧 Pod 中有 {m} 个。',
    '请查看它的日志；如果本次发布没有其他改动，请告诉文末的联系人。',
  ],
  SIDECAR_MAYBE_INJECTION: [
    '可能是 sidecar 的问题：新 Pod 无法创建，因为注入器没有正常应答（{message}）。',
    '请立即告诉文末的联系人：可能影响所有发布。',
  ],
  SIDECAR_EITHER: [
    '无法区分：{container} 在 {pods} 个新 Pod 中有 {n} 个失败或未就绪[[（{reason}）]]，在 {old} 个旧 Pod 中有 {m} 个，但同一次发布也更换了它的镜像（{before} → {after}）。',
    '请用原来的镜像再发布一次：如果仍然失败，可能是 sidecar 的问题；如果不再失败，就是新镜像的问题。',
  ],
  SIDECAR_NO_DIFFERENCE: [
    '没有看到差异：{pods} 个新 Pod 和 {old} 个旧 Pod 都没有失败。',
    '只表现在应答内容或速度上的问题，这里看不到；如果是这种情况，请联系文末的人。',
  ],
  SIDECAR_NO_NEW_PODS: [
    '无法判断：没有使用新 sidecar 的 Pod（使用旧 sidecar 的有 {old} 个）。',
    '如果发布在第一个 Pod 之前就卡住了，下面如有事件，会说明原因。',
  ],
  SIDECAR_NO_OLD_PODS: [
    '无法判断：已经没有旧 Pod 可以与 {pods} 个新 Pod 比较。',
    '请看下面失败的是什么。如果提到 istio-proxy，请告诉文末的联系人。',
  ],
  SIDECAR_STARTING: ['暂时无法判断：{pods} 个新 Pod 中有 {n} 个仍在启动。', '请两分钟后再问一次。'],
  SIDECAR_OLD_STARTING: ['暂时无法判断：{pods} 个使用旧 sidecar 的 Pod 中有 {n} 个仍在启动。', '请两分钟后再问一次。'],
  SIDECAR_POD_WAITS: [
    '无法判断：{pods} 个新 Pod 中有 {n} 个还没有开始启动容器[[（{reason}）]]。',
    '它们还没有节点、存储卷或网络，因此无法判断 sidecar。',
  ],
  SIDECAR_EVENTS_NEEDED: ['无法判断：两边的 Pod 看起来相同，但读不到它们的事件。', '请联系文末的人。'],
  SIDECAR_UNCOUNTED: [
    '无法判断：最近几分钟没有统计 Pod，因此现在不知道哪些工作负载属于你们。',
    '请一分钟后再问一次，或联系文末的人。',
  ],
  SIDECAR_UNREAD: ['无法判断是不是 sidecar 的问题：{because}', '请一分钟后再问一次，或联系文末的人。'],
  SIDECAR_SIDE_NEW: [
    '新 Pod[[（Istio {version}）]]：{pods} 个中有 {ready} 个就绪；istio-proxy 在 {proxyReady} 个中就绪；重启次数：istio-proxy {proxyRestarts}，其他容器 {appRestarts}',
  ],
  SIDECAR_SIDE_OLD: [
    '旧 Pod[[（Istio {version}）]]：{pods} 个中有 {ready} 个就绪；istio-proxy 在 {proxyReady} 个中就绪；重启次数：istio-proxy {proxyRestarts}，其他容器 {appRestarts}',
  ],
  SIDECAR_SIGN_NEW: ['新 Pod：{pods} 个中有 {n} 个的 {container} 失败或未就绪[[（{reason}）]]'],
  SIDECAR_SIGN_OLD: ['旧 Pod：{pods} 个中有 {n} 个的 {container} 失败或未就绪[[（{reason}）]]'],
  SIDECAR_EVENT_NEW: ['新 Pod 的事件，{times} 次：{reason}[[：{message}]]'],
  SIDECAR_EVENT_OLD: ['旧 Pod 的事件，{times} 次：{reason}[[：{message}]]'],
  SIDECAR_OTHERS: ['另有 {n} 个 Pod 正在结束，或使用其他 sidecar，或没有 sidecar，未计入'],
  SIDECAR_EVENTS_UNREAD: ['读不到事件：worker 没有列出事件的权限'],
  SIDECAR_WHICH: ['团队 {team} 在 {cluster} 上有多个工作负载。', '请选择发布出问题的那一个。'],
  SIDECAR_NOT_YOURS: [
    '{workload} 不是团队 {team} 在 {cluster} 上的工作负载，因此没有比较。',
    '请在自己团队频道的消息上重新点击按钮。',
  ],
  SIDECAR_NO_WORKLOAD: [
    '团队 {team} 在 {cluster} 上没有带 sidecar 的 Pod，没有可比较的内容。',
    '如果你们的 Pod 应当带有 sidecar，请在该集群的频道中询问。',
  ],
  SIDECAR_NO_MIGRATION: [
    '目前 {cluster} 没有 Pod 因这次升级而更换 sidecar，没有可比较的内容。[[{because}]]',
    '如果发布出了问题，请在该集群的频道中询问。',
  ],
  SIDECAR_CHOICE_LAPSED: ['这个选项是 30 多分钟前给出的，或不是给你的。', '请在团队频道的消息上重新点击按钮。'],
} as const satisfies Partial<Catalogue>
