import type { Catalogue } from '../sentence.ts'

/** Dry-run proofs. */
export const proofsZh = {
  PROBE_RIGHT: ['新建 Pod 使用修订版 {got}，符合预期。'],
  PROBE_NO_SIDECAR_AS_EXPECTED: ['新建 Pod 没有 sidecar，符合预期。'],
  PROBE_NO_SIDECAR: ['新建 Pod 没有 sidecar；应为修订版 {expected}。', '若未立即恢复，请回退。'],
  PROBE_DOUBLE: ['新建 Pod 被注入两次[[（应为 {expected}，实为 {got}）]]。', '请回退，然后找出第二个注入器。'],
  PROBE_UNEXPECTED_SIDECAR: ['新建 Pod 意外获得修订版 {got} 的 sidecar。', '请回退，然后检查哪个选择器匹配。'],
  PROBE_REVISION_UNKNOWN: ['新建 Pod 的 sidecar（{image}）未标明修订版；应为 {expected}。', '请检查注入模板。'],
  PROBE_OTHER_REVISION: ['新建 Pod 使用修订版 {got}；应为 {expected}。', '请回退，然后找出谁写入了注入器。'],
  PROBE_OTHER_VERSION: [
    '新建 Pod 的 sidecar 版本为 {gotVersion}（{image}）；应为 {expectedVersion}。',
    '请检查修订版 {expected} 的代理镜像。',
  ],
  PROBE_INJECTOR_FAILED: [
    '注入器[[ {webhook}]] 没有响应[[：{message}]]。那里无法创建新的 Pod。',
    '若未立即恢复，请回退。',
  ],
  PROBE_INJECTOR_DENIED: ['注入器[[ {webhook}]] 拒绝了新的 Pod[[：{message}]]。', '请回退，然后阅读其信息。'],
  PROBE_POD_SECURITY: [
    'PodSecurity[[“{level}”]] 拒绝了探测 Pod，因此那里无法验证。',
    '请放行 sidecar 所需权限，或手动检查。',
  ],
  PROBE_POLICY: [
    '策略[[ {policy}]] 拒绝了探测 Pod，因此那里无法验证。',
    '请让策略放行 Meshferry 的试运行 Pod，或手动检查。',
  ],
  PROBE_QUOTA: [
    '配额[[（{quota}）]] 拒绝了探测 Pod，因此那里无法验证。这不是缺口。',
    '请在配额中留出余量，或手动检查。',
  ],
  PROBE_LIMIT_RANGE: ['LimitRange 拒绝了探测 Pod，因此那里无法验证。', '请放行 sidecar 的资源请求，或手动检查。'],
  PROBE_OTHER_WEBHOOK: [
    'webhook[[ {webhook}]] 拒绝了探测 Pod，因此那里无法验证。',
    '请让它放行 Meshferry 的试运行 Pod，或手动检查。',
  ],
  PROBE_SERVICE_ACCOUNT: ['探测 Pod 使用的服务账号[[ {serviceAccount}]] 不存在。', '请检查命名空间是否完整。'],
  PROBE_NAMESPACE_TERMINATING: ['命名空间正在删除，因此那里无法验证。', '无需操作。'],
  PROBE_NAMESPACE_MISSING: ['命名空间已不存在，因此那里无法验证。', '无需操作。'],
  PROBE_FORBIDDEN: [
    'worker[[（{user}）]] 无权在那里创建试运行 Pod，因此无法验证。',
    '请在 worker 的角色中为 pods 添加 create。',
  ],
  PROBE_POD_INVALID: ['API 服务器认为探测 Pod 无效[[：{message}]]，因此那里无法验证。', '请阅读该信息并手动检查。'],
  PROBE_REFUSED: ['探测 Pod 被拒绝[[：{message}]]，因此那里无法验证。', '请阅读该信息并手动检查。'],
  PROBE_API_UNREACHABLE: ['API 服务器没有回应验证请求[[：{message}]]。情况不明，因此不做任何操作。', '会再次询问。'],
  PROOF_NAMESPACE_PLANNED: [
    '在 Istio 1.9 及更早版本中，Pod 无法自行选择 revision，只有命名空间可以。因此安装会在我们自己的命名空间 {namespace} 中验证，它带有标签 istio.io/rev={revision}：为此创建，随即删除，其中从不保存任何 Pod。',
    '',
  ],
  PROOF_NAMESPACE_REFUSED: [
    '无法创建用于验证安装的命名空间 {namespace}：{message}。',
    '请允许 worker 创建和删除该命名空间（deploy/kubernetes/install-rights.yaml；若被策略拒绝，请添加例外）。然后重新发起，或恢复已暂停的升级。',
  ],
  PROOF_NAMESPACE_TAKEN: [
    '已存在一个并非由 Meshferry 创建的命名空间 {namespace}。安装本应在同名的命名空间中验证；现有的这个不会被改动。',
    '若无人需要，请将其删除。然后重新发起，或恢复已暂停的升级。',
  ],
  PROOF_NAMESPACE_USED: [
    '有人在 Meshferry 为验证而创建的命名空间 {namespace} 中放了东西：{by}。因此不会删除它。',
    '请其所有者移到别处，然后恢复或回滚。',
  ],
  PROOF_NAMESPACE_GOING: [
    '上一次验证的命名空间 {namespace} 仍在删除中。',
    '请查看是什么阻止了删除（kubectl get namespace {namespace} -o yaml，status.conditions），然后恢复。',
  ],
  PROOF_NAMESPACE_LEFT: [
    '无法删除为验证安装而创建的命名空间 {namespace}：{message}。',
    '请允许 worker 删除它，然后恢复；或自行删除：kubectl delete namespace {namespace}。',
  ],
  PROOF_NAMESPACE_REMOVED: ['为验证安装而创建的命名空间 {namespace} 已删除。'],
} as const satisfies Partial<Catalogue>
