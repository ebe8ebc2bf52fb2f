import type { Catalogue } from '../sentence.ts'

/** What preflight finds in the cluster and the files. */
export const preflightZh = {
  PLAN_REFUSED: ['无法升级到 {version}：有 {reasons} 个原因。未做任何更改。', '请解决后重新申请。'],
  MESH_PART_UNREADABLE: [
    '无法读取 {part}[[：{reason}]]。情况不明即不安全，因此不会开始。',
    '[[请在 worker 的角色中加入 {rule}。]][[API 服务器未正常应答（{trouble}），请检查。]][[请更新 worker 访问 {login} 的凭据。]]能够读取后请重新申请。',
  ],
  OLD_UNKNOWN: [
    '无法确定旧修订版[[：未找到修订版 {revision} 的控制面]][[：标签指向 {candidates}]]。',
    '[[请只让标签指向 {candidates} 中的一个：其余请手动移动。]]请检查当前由哪个修订版注入，然后重新申请。',
  ],
  OLD_VERSION_UNKNOWN: ['无法从镜像读出修订版 {revision} 的版本。', '请使用标明版本的镜像标签。'],
  OLD_VERSION_DIFFERS: [
    '修订版 {revision} 运行的是 {version}，而不是 {expected}。',
    '请重新申请，方案会按当前版本制定。',
  ],
  OLD_SETTINGS_UNKNOWN: [
    '无法读取修订版 {revision} 的网格设置，因此无法比较新旧。',
    '请检查其 ConfigMap istio 与 istiod Deployment。',
  ],
  CONTROL_PLANES_DOUBLED: ['修订版 {revision} 有多个控制面。', '请移除未使用的那个。'],
  CONTROL_PLANE_ELSEWHERE: ['Istio 命名空间之外存在控制面：{objects}。', '请设置 istioNamespace，或移除它们。'],
  CONTROL_PLANE_NOT_READY: [
    '修订版 {revision}[[（{version}）]]有 {ready}/{wanted} 个 istiod 就绪。',
    '请检查其 Pod 后重试。',
  ],
  AMBIENT_NOT_SUPPORTED: [
    '此集群使用 ambient 模式[[（命名空间 {namespaces}）]][[（{objects}）]]，本版本无法升级。',
    '请按 Istio 官方指南升级。',
  ],
  REMOTE_CONTROL_PLANE: [
    '此处的控制面是远程控制面（{objects}），本版本无法升级。',
    '请按 Istio 官方指南升级其主集群。',
  ],
  EXTERNAL_CONTROL_PLANE: ['此处的 istiod 服务于其他集群（{objects}），本版本无法升级。', '请按 Istio 官方指南升级。'],
  MULTI_CLUSTER_NOT_SUPPORTED: ['此网格跨多个集群（secret {secrets}），本版本无法升级。', '请按 Istio 官方指南升级。'],
  OWNER_NOT_SUPPORTED: [
    '{owner} 管理着 {objects}[[（{evidence}）]]，会将其改回。',
    '请用 {owner} 升级，或先将这些对象移出其管理。',
  ],
  INJECTOR_BY_URL: [
    '注入器 {object} 调用的是 URL（{urls}）而不是 Service；本版本无法判断由谁响应。',
    '请将其指向 Service。',
  ],
  INJECTION_UNKNOWN: [
    '无法确定 {class} 由谁注入（{why}：{objects}；命名空间 {namespaces}）。',
    '请只保留一个注入器，然后重新申请。',
  ],
  INJECTORS_OVERLAP: [
    '{class} 被多个注入器匹配：{objects} → {revisions}（命名空间 {namespaces}）。',
    '请只保留一个，然后重新申请。',
  ],
  INJECTION_MISSING: [
    '{class} 的命名空间要求 sidecar，但没有注入器匹配[[（{namespaces}）]]。',
    '请去掉标签或修复注入器，然后重新申请。',
  ],
  REVISION_WITHOUT_INJECTOR: [
    '有命名空间要求修订版 {revision}，但没有注入器提供（{namespaces}）：其新建 Pod 前后都没有 sidecar。',
    '请改为存在的修订版。',
  ],
  VALIDATOR_BROKEN: [
    '校验器 {object} 指向 {services}，那里没有 istiod 应答：无论升级前后，Istio 配置会被拒绝或不被校验。',
    '请把它指向运行中的控制面，或删除它；本次升级不会移动它。',
  ],
  CNI_STAYS: ['istio-cni（{objects}）不由 Meshferry 升级，将保持不变。', '请在切换后单独升级它。'],
  UNDO_WOULD_DOUBLE: [
    '现在回退 {step} 会使新建 Pod 被注入两次：标签 {tag} 指向 {leadsTo}，而不是 {from}。因此在此暂停。',
    '请先将标签 {tag} 指回 {from}，然后继续。',
  ],
  INJECTORS_DOUBLED: ['修订版 {revision} 有多个注入器对象：{objects}。', '请移除未使用的那个。'],
  KUBE_GATEWAYS_CONTESTED: [
    '两个控制面会无休止地争写这些 Gateway API 网关：{gateways}。',
    '请先为它们加上新修订版名称的 istio.io/rev 标签，每个会滚动一次；旧名称的标签无济于事。',
  ],
  KUBE_GATEWAYS_WOULD_MOVE: [
    '切换会立即滚动这些 Gateway API 网关：{gateways}。',
    '请先为它们加上旧修订版的 istio.io/rev 标签；它们之后单独审批迁移。',
  ],
  INJECTED_GATEWAYS_WOULD_MOVE: [
    '这些注入式网关会随切换一起迁移：{gateways}。',
    '请让它们使用本次切换不移动的修订版；此版本不迁移网关。',
  ],
  HOP_TOO_LONG: ['从 {from} 到 {to} 跨 {minors} 个次版本；一次最多 {longest} 个。', '请分步升级：{chain}。'],
  HOP_TOO_LONG_FOR_CNI: [
    '使用 istio-cni 时一次最多升级 {longest} 个次版本；从 {from} 到 {to} 跨 {minors} 个。',
    '请分步升级：{chain}。',
  ],
  HOP_LONG_BY_POLICY: [
    '从 {from} 到 {to} 一次跨 {minors} 个次版本；Istio 最多测试 {longest} 个。配置允许如此。',
    '分步更安全：{chain}。',
  ],
  KUBERNETES_NOT_SUPPORTED: [
    'Istio {istio} 不支持 Kubernetes {kubernetes}[[：需要 {oldest}]][[ 至 {newest}]]。',
    '请选择其他版本，或先升级 Kubernetes。',
  ],
  KUBERNETES_UNTESTED: ['Istio {istio} 未在 Kubernetes {kubernetes} 上经官方测试。', '请先在测试集群上尝试。'],
  ISTIO_MINOR_UNKNOWN: [
    'Istio {version} 比本版本所知的最新版本（{newest}）更新；其注入器的形状与所知的一致。',
    '请先在测试集群上尝试。',
  ],
  INSTALL_WOULD_FLIP_DEFAULT: [
    '在此安装 Istio {version} 会立即使其成为默认。',
    '请先为默认注入设置标签，或选择其他版本。',
  ],
  CLASS_WRONG_BEFORE: [
    '{namespace} 中的 {class} 当前就不正确：应为 {expected}，实为 {found}。未做任何更改。',
    '请先修复：切换前就错误的内容不能切换。',
  ],
  CLASS_UNPROVABLE: [
    '{namespace} 中的 {class} 无法验证。[[{because}]] 未做任何更改。',
    '请查明是什么拒绝了探测 Pod；无法验证的类别不能切换。',
  ],
  CHECK_FORECAST: ['自然重新发布的预测'],
  CHECK_SMOKE_WORKLOAD: ['新控制面下的测试工作负载'],
  CHECK_TEMPLATES: ['每个工作负载模板在新旧版本下的注入结果'],
  CHECK_CANARY: ['先行的金丝雀命名空间'],
  CHECK_HEALTH: ['切换后的健康信号'],
  CHECK_CRDS: ['自定义资源定义的变化'],
  CHECK_ENVOY_FILTERS: ['按版本匹配的 EnvoyFilter'],
  CHECK_WASM: ['Wasm 插件'],
  CHECK_HOLD: ['暂缓个别命名空间'],
  CHECK_RE_AIM: ['升级期间改用更新的补丁版本'],
  CHECK_HANDS_YOURS: ['由你方工具执行的阶段'],
  OPERATOR_FILE_MISSING: ['缺少 operator 文件 {path}。', '请放置该文件，或更正 operatorFile。'],
  OPERATOR_FILE_UNREADABLE: ['无法将 operator 文件读作 YAML[[（第 {line} 行）]][[：{message}]]。', '请修复它。'],
  OPERATOR_FILE_NOT_ISTIO_OPERATOR: ['operator 文件不是 IstioOperator。', '请使用 kind IstioOperator。'],
  OPERATOR_FILE_MANY_DOCUMENTS: ['operator 文件包含 {documents} 个文档，只能有一个。', '请只保留控制面的文档。'],
  OPERATOR_FILE_NAMELESS: [
    'operator 文件没有名称；手动对它执行“istioctl uninstall -f”会移除所有修订版。',
    '请设置 metadata.name。',
  ],
  OPERATOR_FILE_NAMESPACE: ['operator 文件用于命名空间 {namespace}，而 Istio 位于 {expected}。', '请更正。'],
  OPERATOR_FILE_GATEWAYS: ['operator 文件包含网关（{gateways}），它们会被立即替换。', '请将其移到单独的文件。'],
  OPERATOR_FILE_PROFILE: ['profile {profile} 会带来网关。', '请使用 profile minimal。'],
  OPERATOR_FILE_SINGLETON: [
    'operator 文件包含 {component}，它每个集群只有一份且无法并存。',
    '请将其移出，单独升级 {component}。',
  ],
  OPERATOR_FILE_REVISION: ['operator 文件写的是修订版 {revision}，方案是 {expected}。', '请在文件中省略修订版。'],
  OPERATOR_FILE_DEFAULT_REVISION: ['operator 文件设置了 defaultRevision {revision}，安装时会移动校验。', '请移除它。'],
  OPERATOR_FILE_REVISION_TAGS: ['operator 文件设置了标签（{tags}），安装时会移动它们。', '请移除它们。'],
  OPERATOR_FILE_TAG: ['operator 文件将 {field} 固定为 {tag}，而不是 {version}。', '请移除或更正。'],
  OPERATOR_FILE_REMOTE: ['operator 文件要求远程或外部控制面[[（{field}）]]，本版本无法升级。', '请移除。'],
  RENDER_FAILED: ['istioctl 无法渲染目标[[（{exitCode}）]][[：{said}]]。', '请修复 operator 文件。'],
  RENDERED_NO_CONTROL_PLANE: ['渲染结果中没有修订版 {revision} 的控制面。', '请检查 operator 文件的 profile 与组件。'],
  RENDERED_WRONG_IMAGE: ['渲染的 istiod 镜像 {image} 不是版本 {version}。', '请检查 operator 文件中的 hub 与 tag。'],
  RENDERED_WRONG_PROXY_TAG: [
    '渲染的 sidecar 镜像标签为 {tag}，而不是 {version}。',
    '请检查 operator 文件中的 global.proxy.image 与标签。',
  ],
  RENDERED_ONE_REPLICA: [
    '渲染的控制面只有 {replicas} 个副本：此时一次节点排空就会阻止所有 Pod 创建。',
    '请设置至少两个副本。',
  ],
  RENDERED_NO_DISRUPTION_BUDGET: ['渲染的控制面没有 PodDisruptionBudget。', '请启用 defaultPodDisruptionBudget。'],
  RENDERED_FOREIGN_WORKLOADS: ['渲染结果不只包含控制面：{objects}。', '请从 operator 文件中移除它们。'],
  RENDERED_OVERWRITES: ['渲染结果会覆盖旧修订版或标签的对象：{objects}。', '请更正 operator 文件。'],
  RENDERED_NO_INJECTOR: [
    '渲染结果中没有注入器 {object}，新建 Pod 无法交给新的控制面。',
    '请从 operator 文件中移除 values.global.operatorManageWebhooks（或其他使其缺失的设置）。',
  ],
  RENDERED_INJECTOR_DIFFERS: [
    '渲染的注入器 {object} 与本版本所知不同：{field} 是 {found}，而不是 {expected}。',
    '请从 operator 文件中移除改变它的设置（istiodRemote、自定义 overlay），或使用了解该 Istio 的 Meshferry。',
  ],
  RENDERED_ELSEWHERE: ['渲染结果中有不在 {expected} 命名空间的对象：{objects}。', '请更正 operator 文件中的命名空间。'],
  RENDERED_IDENTITY_DIFFERS: ['{field} 将从 {old} 变为 {new}，新旧 Pod 会无法互通。', '请按现值设置。'],
  RENDERED_HUB_DIFFERS: ['镜像将来自 {new} 而不是 {old}。', '请按现值设置 hub，或用“acknowledge hub”重新申请。'],
  MESH_CONFIG_DIFFERS: ['网格配置将有变化：{keys}。', '请按现值设置，或用“acknowledge”加这些名称重新申请。'],
  INJECTION_VALUES_DIFFER: [
    '新 sidecar 的注入参数与旧版有 {count} 处不同，例如 {keys}。',
    '请确认这些差异的影响；默认值会随版本变化。',
  ],
  TAGS_STAY: ['以下 tag 指向 {from} 以外的 revision，保持不变：{tags}。', ''],
  NOTHING_INJECTED: [
    '该集群没有任何命名空间开启注入，切换无法验证。',
    '请先为命名空间开启注入，或不使用 Meshferry 升级控制面。',
  ],
  ACKNOWLEDGED: ['发起人已知悉以下差异：{keys}。', '批准前请了解这些变化。'],
  OPERATOR_FILE_CHANGED: [
    'operator 文件 {path} 在方案批准后被更改。未安装任何内容。',
    '请恢复已批准的文件，或重新申请升级。',
  ],
  ISTIOCTL_CHANGED: [
    'istioctl {version} 的二进制文件[[（{path}）]] 在方案批准后被更改。未安装任何内容。',
    '请恢复已批准的文件，或重新申请升级。',
  ],
} as const satisfies Partial<Catalogue>
