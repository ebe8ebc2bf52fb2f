import type { Catalogue } from '../sentence.ts'

/** The cluster, its files and its records. */
export const clusterZh = {
  CLUSTER_UNREACHABLE: [
    'API 服务器[[ {server}]] 没有响应[[：{message}]]。情况不明，因此不做任何操作。',
    '请检查网络与 API 服务器后重试。',
  ],
  CLUSTER_UNAUTHORIZED: [
    'API 服务器[[ {server}]] 不接受 worker 的凭据[[：{message}]]。',
    '请更新 kubeconfig 或服务账号令牌。',
  ],
  CLUSTER_FORBIDDEN: [
    'worker 无权对 {resource} 执行 {verb}[[（命名空间 {namespace}）]][[（{message}）]]。',
    '请在 worker 的角色中为 {resource} 添加动词 {verb}。',
  ],
  CLUSTER_NOT_FOUND: [
    '{resource}[[ {name}]][[（命名空间 {namespace}）]] 不存在。',
    '请确认是否有人删除了它，然后重试。',
  ],
  CLUSTER_CONFLICT: [
    '有人同时更改了 {resource}[[ {name}]]，因此写入未执行。',
    '会重新读取并重试；若反复出现，请找出另一个写入者。',
  ],
  CLUSTER_INVALID: [
    'API 服务器不接受对 {resource}[[ {name}]] 的更改[[：{message}]]。',
    '请阅读该信息；此次写入未更改任何内容。',
  ],
  CLUSTER_REFUSED: [
    'API 服务器拒绝了请求[[（{verb} {resource}）]][[（状态 {status}）]][[：{message}]]。',
    '请阅读该信息；可能是策略或 webhook 所致。',
  ],
  CLUSTER_THROTTLED: ['API 服务器要求放慢请求[[：{message}]]。', '无需操作，会自动重试。'],
  CLUSTER_KIND_UNSERVED: ['API 服务器不提供 {kind}（{apiVersion}）。', '请安装提供该类型的组件，或不使用它。'],
  KUBECONFIG_MISSING: [
    '未找到 kubeconfig[[（{files}）]]。',
    '请设置 KUBECONFIG；若 worker 运行在集群内，请在配置中使用 kube.inCluster: true。',
  ],
  KUBECONFIG_UNREADABLE: ['无法读取 kubeconfig[[ {file}]]：{message}。', '请修复该文件。'],
  KUBE_CONTEXT_MISSING: [
    'kubeconfig 中没有上下文“{context}”[[；现有 {contexts}]]。',
    '请将其中之一填入 kube.context。',
  ],
  KUBE_CREDENTIALS: ['kubeconfig 指定的登录方式失败：{message}。', '请用同一上下文手动登录一次后重试。'],
  INSTALL_RIGHTS_MISSING: [
    'worker 无权执行 istioctl install 和 uninstall：它们写入的对象会授予权限，因此需要集群中的全部权限。',
    '请应用 deploy/kubernetes/install-rights.yaml（或为 worker 绑定 cluster-admin），然后重新申请。',
  ],
  INSTALL_RIGHTS_HELD: [
    'worker 拥有集群中的全部权限。只有安装、演练、移除及其撤销需要它；而在拥有全部权限期间，无法看出它是否单独具有其他权限。',
    '安装结束后请收回（kubectl delete -f deploy/kubernetes/install-rights.yaml），然后再次运行 doctor。',
  ],
  INSTALL_RIGHTS_AWAY: [
    'worker 没有集群中的全部权限，因此不会开始任何升级。从安装结束到演练之间理应如此；期间只有移除新控制面的回退才需要它。',
    '升级和演练之前请授予：kubectl apply -f deploy/kubernetes/install-rights.yaml（或为 worker 绑定 cluster-admin）。',
  ],
  RECORD_CONTENDED: ['运行记录连续 {tries} 次被他人更改，因此未保存。', '请检查是否有两个 worker 在同一集群上运行。'],
  RECORD_FORGED: [
    '集群中的记录[[ {name}]] 与本 worker 封存时不符：有人在没有记录密钥的情况下更改了它，或者本 worker 的密钥或集群名称与写入者不同。不会使用它。',
    '请先保持原样：docs/runbook.md 的“A record is refused as forged”说明如何区分两者以及如何继续。',
  ],
  RECORD_UNREADABLE: ['无法读取集群中的记录[[ {name}]][[：{message}]]。', '它是否由更新的版本写入？请升级 worker。'],
  RECORD_TOO_LARGE: ['运行记录将达到 {bytes} 字节，超过 ConfigMap 的上限。未保存也未执行。', '请附上此代码报告问题。'],
  RECORD_FULL: [
    '运行记录已有 {bytes} 字节，前进最多可用 {limit} 字节；其余部分留给回退。',
    '如果 Redis 或审计的 ConfigMap 无法写入（见 worker 日志），请修复后恢复运行。回退随时可以。',
  ],
  PLAN_TOO_LARGE: [
    '方案包含 {classes} 类命名空间和 {steps} 个步骤，升级及其回退无法放入一条记录（{bytes} 字节，上限 {limit} 字节）。未做任何更改。',
    '请尽量为命名空间而不是单个 Pod 打标签，或删除无人使用的标签，然后重新申请。',
  ],
  AUDIT_SHORTENED: ['审计长时间无法写入，{lines} 行记录已为回退让位，不会再写入。'],
} as const satisfies Partial<Catalogue>
