/** “是 sidecar 的问题吗？”：按钮、选项以及回答的其余部分。 */
export const sidecarPhrasesZh = {
  buttonSidecar: '是 sidecar 的问题吗？',
  labelSidecar: '比较 {cluster} 上的新旧 Pod',
  sidecarTitle: '*是 sidecar 的问题吗？* {cluster} 上的 {workload}',
  sidecarMarkNot: '🟢',
  sidecarMarkMaybe: '🟠',
  sidecarMarkSame: '🔵',
  sidecarMarkUnknown: '❓',
  sidecarChoose: '选择工作负载',
  sidecarChooseMore: '只列出最近更改的 {n} 个，另有 {more} 个未列出。',
  sidecarSeen: '*所见*（{at}）',
  sidecarCall: '联系人：{by}，本次升级的发起人。',
  sidecarCallChannel: '该集群的频道：{channel}',
  sidecarReadOnly: 'Meshferry 只读取了信息，没有做任何改动。',
} as const
