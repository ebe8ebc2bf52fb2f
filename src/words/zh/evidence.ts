import type { Catalogue } from '../sentence.ts'

/** Steps at work, evidence and alarms. */
export const evidenceZh = {
  CONTROL_PLANE_READY: ['{version} 有 {ready} 个 istiod 就绪（修订版 {revision}）。'],
  CONTROL_PLANE_REMOVED: ['修订版 {revision} 的控制面已移除，无残留。'],
  NEW_STILL_USED: ['新控制面（修订版 {revision}）因仍被使用而保留：{by}。', '不再有 Pod 使用时可以移除。'],
  DEFAULT_UNCHANGED: ['默认注入保持不变。'],
  HTTP_PROBE_SILENT: [
    '探测 {name} 没有回答：{message}。租户是否会察觉尚不可知。',
    '让 worker 能访问其 URL，或将它从 `probes` 中移除。',
  ],
  HTTP_PROBE_FAILING: ['探测 {name} 已经得到 HTTP {status}。', '请先修复它所访问的服务：故障期间不会开始任何操作。'],
  HTTP_BUDGET_SPENT: [
    '探测 {name} 在 {seconds} 秒内 {requests} 次中失败 {failed} 次，允许 {allowed} 次。最近一次：{last}。',
    '该阶段会自动撤销。再次申请之前，请检查该 URL 所经过的路径。',
  ],
  HTTP_PROBE_LEFT_BAD: [
    '最后一次验证之后，探测 {name} 连续多次仍未得到正常回答。最近一次：{last}。',
    '该阶段会自动撤销。再次申请之前，请检查该 URL 所经过的路径。',
  ],
  HTTP_PROBED: [
    '探测 {name}：{requests} 次请求，失败 {failed} 次（预算 {allowed}），p50 {p50} 毫秒，p99 {p99} 毫秒[[；仅自 {since} 起探测]]。',
  ],
  ROOTS_EQUAL: ['两个控制面使用同一根 CA。'],
  PROVEN_BEFORE: ['{classes} 类命名空间已验证正确。'],
  SAVED_BEFORE: ['原有内容已保存并记录哈希。'],
  OBJECTS_WRITTEN: ['已写入：{kind}[[ {target}]]。'],
  OBJECTS_PUT_BACK: ['已恢复[[：{target}]]。'],
  ADOPTED_TAG_STAYS: ['标签[[ {target}]] 保留，并重新指向旧修订版。'],
  SWITCH_PROVEN: ['每类新建 Pod 均已验证使用 {to}。'],
  NOTHING_PROVEN: ['没有任何内容得到验证，因此不算完成。', '请查明是什么拒绝了探测 Pod。'],
  PROOF_WRONG: [
    '{namespace} 中 {class} 的新建 Pod 得到 {found}，而不是 {expected}。',
    '会自动回退；请查明谁写入了注入器。',
  ],
  PROOF_UNPROVABLE: [
    '无法验证 {namespace} 中的 {class}，因此在此暂停。[[{because}]]',
    '请查明是什么拒绝了探测 Pod，然后继续或回退。',
  ],
  VALIDATOR_BEHIND: ['校验仍指向 {from}：{validators}。', '会自动回退；请查明谁写入了它们。'],
  PLAN_OUTDATED: [
    '集群中的注入对象与方案不同，未做任何更改。[[{because}]][[缺少：{missing}。]][[新增：{added}。]][[其他命名空间：{classes}。]]',
    '在安全的情况下，带有新方案的卡片会自动出现。否则请恢复被改动的内容，或回退后重新申请升级。',
  ],
  PLAN_CHANGED: [
    '集群发生了变化，尚未开始的部分有了新方案[[；新增步骤：{added}]][[；不再有的步骤：{missing}]][[；命名空间：{classes}]]。已完成的部分保持不变。',
    '之前的批准不适用于新步骤：请阅读后再决定。',
  ],
  OLD_REVISION_CHANGED: ['现在使用的旧版本与本次升级的不同。'],
  DEFAULT_ROUTE_CHANGED: ['默认注入的方式与制定方案时不同。'],
  CLASS_ELSEWHERE: ['{class} 的新 Pod 得到 {found} 而不是 {expected}：新方案不能把它当作正常。'],
  OBJECT_APPEARED: ['{kind} {name} 已存在，而方案中不存在。未写入任何内容。', '有人创建了它：请查明后重新申请。'],
  OBJECT_GONE: ['{kind} {name} 已不存在。未写入任何内容。', '有人删除了它：请查明后重新申请。'],
  OBJECT_REPLACED: ['{kind} {name} 已被同名对象替换。未写入任何内容。', '有人重新创建了它：请查明后重新申请。'],
  NOT_SAVED: ['{phase}之前没有保存任何内容，因此不会开始。', '请附上此代码报告问题。'],
  STEP_NOT_SAVED: ['保存的内容中没有步骤 {step}，因此不会开始。', '请附上此代码报告问题。'],
  STEP_NOT_OURS: ['步骤 {step} 现由另一个 worker 执行。'],
  ALARM_GAP: [
    '{namespace}[[等另外 {more} 个]]中 {class}[[等另外 {moreClasses} 类]]的新建 Pod 没有得到 sidecar（应为 {expected}，实为 {found}）。[[{because}]][[最近写入者：{writer}。]][[已被删除：{deleted}；Kubernetes 不记录由谁删除。]]',
    '若不清楚原因请回退。不会与写入者争写。',
  ],
  ALARM_DOUBLE: [
    '{namespace}[[等另外 {more} 个]]中 {class}[[等另外 {moreClasses} 类]]的新建 Pod 被注入两次。[[最近写入者：{writer}。]][[已被删除：{deleted}；Kubernetes 不记录由谁删除。]]',
    '若不清楚原因请回退。不会与写入者争写。',
  ],
  ALARM_DRIFT: [
    '{namespace}[[等另外 {more} 个]]中 {class}[[等另外 {moreClasses} 类]]的新建 Pod 得到 {found}，而不是 {expected}。[[最近写入者：{writer}。]][[已被删除：{deleted}；Kubernetes 不记录由谁删除。]]',
    '请查明谁写入了它；回退或重新切换。不会与写入者争写。',
  ],
  ALARM_CHANGED: [
    '自上一步之后 {objects} 有改动[[，写入者 {writer}]]：{fields}[[，另有 {more} 项]]。新建 Pod 的注入结果未变。',
    '请查明原因。不会与写入者争写；依赖它的审批卡片须重新批准。',
  ],
  ALARM_BLIND: [
    '目前看不到新建 Pod 会得到什么，出现缺口也不会被发现。[[{because}]]',
    '请修复使 worker 无法询问的原因。没有因此撤销任何操作；解除之前不会开始新的步骤。',
  ],
  ALARM_UNPROVEN: [
    '目前无法证明 {namespace}[[等另外 {more} 个]]中 {class}[[等另外 {moreClasses} 类]]的新建 Pod 会得到什么。[[{because}]][[询问对象：{via}。]]',
    '请修复所述原因。没有因此撤销任何操作；解除之前不会开始新的步骤。',
  ],
  ALARM_UNSERVED: [
    '方案制定之后有人以新的方式请求注入：{class}，位于 {namespace}[[等另外 {more} 个]]。那里的新建 Pod 没有得到 sidecar。[[{because}]]',
    '请更正该命名空间的标签，或创建它所指的标签（tag）或修订版本。',
  ],
  ALARM_UNPLANNED: [
    '方案制定之后有人以新的方式请求注入：{class}，位于 {namespace}[[等另外 {more} 个]]。那里的新建 Pod 得到 {found}，本次升级不会迁移它们。',
    '请为该命名空间使用本次升级会移动的标签（tag），否则它们将保持原状。',
  ],
  ALARM_OPEN: ['有未解除的告警，因此不会开始新的步骤。{what}', '请先消除其原因。'],
  RUN_ENDING: ['{cluster} 的上一次升级正在结束。', '请几秒后重新申请。'],
  RUN_REPLACED: ['升级 {run} 已让位给新的升级。'],
} as const satisfies Partial<Catalogue>
