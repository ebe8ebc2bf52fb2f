import type { Catalogue } from '../sentence.ts'

/** What preflight finds in the cluster and the files. */
export const preflightEn = {
  PLAN_REFUSED: [
    'The upgrade to {version} cannot start: {reasons} {reasons|thing speaks|things speak} against it. Nothing was changed.',
    'Mend them, then ask again.',
  ],
  MESH_PART_UNREADABLE: [
    '{part} cannot be read[[: {reason}]]. Unknown is not safe, so nothing starts.',
    "[[Add {rule} to the worker's role. ]][[Look at the API server, which did not answer as it should ({trouble}). ]][[Renew the worker's credentials for {login}. ]]Ask again when it can be read.",
  ],
  OLD_UNKNOWN: [
    'Which revision is the old one is not known[[: no control plane of revision {revision} was found]][[: tags lead to {candidates}]].',
    '[[Leave tags on only one of {candidates}: move the others by hand. ]]Check which revision injects now, then ask again.',
  ],
  OLD_VERSION_UNKNOWN: [
    'The version of revision {revision} cannot be read from its image.',
    'Use an image tag that names the version.',
  ],
  OLD_VERSION_DIFFERS: [
    'Revision {revision} runs {version}, not {expected}.',
    'Ask again: the plan is made for what runs now.',
  ],
  OLD_SETTINGS_UNKNOWN: [
    'The mesh settings of revision {revision} cannot be read, so old and new cannot be compared.',
    'Check its ConfigMap istio and its istiod Deployment.',
  ],
  CONTROL_PLANES_DOUBLED: ['Revision {revision} has more than one control plane.', 'Remove the one that is not used.'],
  CONTROL_PLANE_ELSEWHERE: [
    'There are control planes outside of the Istio namespace: {objects}.',
    'Set istioNamespace, or remove them.',
  ],
  CONTROL_PLANE_NOT_READY: [
    'Revision {revision}[[ ({version})]] has {ready} of {wanted} ready istiods.',
    'Look at its pods, then try again.',
  ],
  AMBIENT_NOT_SUPPORTED: [
    'This cluster uses ambient mode[[ (namespaces {namespaces})]][[ ({objects})]], which this version cannot upgrade.',
    "Upgrade it by Istio's own guide.",
  ],
  REMOTE_CONTROL_PLANE: [
    'The control plane here is a remote one ({objects}), which this version cannot upgrade.',
    "Upgrade its primary by Istio's own guide.",
  ],
  EXTERNAL_CONTROL_PLANE: [
    'An istiod here serves other clusters ({objects}), which this version cannot upgrade.',
    "Upgrade it by Istio's own guide.",
  ],
  MULTI_CLUSTER_NOT_SUPPORTED: [
    'This mesh spans several clusters (secrets {secrets}), which this version cannot upgrade.',
    "Upgrade it by Istio's own guide.",
  ],
  OWNER_NOT_SUPPORTED: [
    '{owner} owns {objects}[[ ({evidence})]] and would write them back.',
    'Upgrade with {owner}, or take these objects out of its hands first.',
  ],
  INJECTOR_BY_URL: [
    'The injector {object} calls a URL ({urls}) instead of a Service; this version cannot tell who answers there.',
    'Point it at a Service.',
  ],
  INJECTION_UNKNOWN: [
    'It is not certain who injects {class} ({why}: {objects}; namespaces {namespaces}).',
    'Leave exactly one injector for them, then ask again.',
  ],
  INJECTORS_OVERLAP: [
    '{class} is matched by more than one injector: {objects} → {revisions} (namespaces {namespaces}).',
    'Leave exactly one, then ask again.',
  ],
  INJECTION_MISSING: [
    'Namespaces of {class} ask for a sidecar, but no injector matches them[[ ({namespaces})]].',
    'Take the label off, or mend the injector, then ask again.',
  ],
  REVISION_WITHOUT_INJECTOR: [
    'Namespaces ask for revision {revision}, which no injector serves ({namespaces}): their new pods get no sidecar, before and after.',
    'Give them a revision that exists.',
  ],
  VALIDATOR_BROKEN: [
    "The validator {object} leads to {services}, where no istiod answers: Istio's config is refused or goes unchecked, before and after.",
    'Point it at a control plane that runs, or delete it; this upgrade does not move it.',
  ],
  CNI_STAYS: [
    'istio-cni ({objects}) is not upgraded by Meshferry and stays as it is.',
    'Upgrade it by itself, after the switch.',
  ],
  UNDO_WOULD_DOUBLE: [
    'Undoing {step} now would inject new pods twice: tag {tag} leads to {leadsTo}, not {from}. It halts here.',
    'Set tag {tag} back to {from} first, then resume.',
  ],
  INJECTORS_DOUBLED: [
    'Revision {revision} has more than one injector object: {objects}.',
    'Remove the one that is not used.',
  ],
  KUBE_GATEWAYS_CONTESTED: [
    'Both control planes would write these Gateway API gateways without end: {gateways}.',
    'Give each the label istio.io/rev with the name of the new revision first; each rolls once. The old name does not end it.',
  ],
  KUBE_GATEWAYS_WOULD_MOVE: [
    'The switch would roll these Gateway API gateways at once: {gateways}.',
    'Give each the label istio.io/rev of the old revision first; they move later, on their own approval.',
  ],
  INJECTED_GATEWAYS_WOULD_MOVE: [
    'These injected gateways would move with the switch: {gateways}.',
    'Let each ask for a revision that this switch does not move; this version moves no gateways.',
  ],
  HOP_TOO_LONG: [
    'From {from} to {to} are {minors} minor versions; at most {longest} are taken at once.',
    'Upgrade in steps: {chain}.',
  ],
  HOP_TOO_LONG_FOR_CNI: [
    'With istio-cni at most {longest} minor version is taken at once; from {from} to {to} are {minors}.',
    'Upgrade in steps: {chain}.',
  ],
  HOP_LONG_BY_POLICY: [
    'From {from} to {to} are {minors} minor versions in one jump; Istio tests at most {longest}. Your file allows it.',
    'Safer in steps: {chain}.',
  ],
  KUBERNETES_NOT_SUPPORTED: [
    'Istio {istio} does not run on Kubernetes {kubernetes}[[: it needs {oldest}]][[ to {newest}]].',
    'Choose another version, or upgrade Kubernetes first.',
  ],
  KUBERNETES_UNTESTED: [
    'Istio {istio} is not tested by its makers on Kubernetes {kubernetes}.',
    'Try it on a test cluster first.',
  ],
  ISTIO_MINOR_UNKNOWN: [
    'Istio {version} is newer than the newest this version knows ({newest}); its injector has the shape that this one knows.',
    'Try it on a test cluster first.',
  ],
  INSTALL_WOULD_FLIP_DEFAULT: [
    'Installing Istio {version} here would make it the default at once.',
    'Give the default a tag first, or choose a version that does not.',
  ],
  CLASS_WRONG_BEFORE: [
    '{class} in {namespace} is wrong already: expected {expected}, found {found}. Nothing was changed.',
    'Mend it first: what is wrong before cannot be switched.',
  ],
  CLASS_UNPROVABLE: [
    '{class} in {namespace} cannot be proven.[[ {because}]] Nothing was changed.',
    'See what refuses the probe pod there; a class that cannot be proven cannot be switched.',
  ],
  CHECK_FORECAST: ['forecast of natural redeploys'],
  CHECK_SMOKE_WORKLOAD: ['a test workload under the new control plane'],
  CHECK_TEMPLATES: ["every workload's template under both versions"],
  CHECK_CANARY: ['canary namespaces first'],
  CHECK_HEALTH: ['health signals after the switch'],
  CHECK_CRDS: ['changes of custom resource definitions'],
  CHECK_ENVOY_FILTERS: ['EnvoyFilters that match by version'],
  CHECK_WASM: ['Wasm plugins'],
  CHECK_HOLD: ['holding single namespaces back'],
  CHECK_RE_AIM: ['a newer patch during the upgrade'],
  CHECK_HANDS_YOURS: ['phases done by your own tools'],
  OPERATOR_FILE_MISSING: ['The operator file {path} is not there.', 'Put it there, or correct operatorFile.'],
  OPERATOR_FILE_UNREADABLE: ['The operator file cannot be read as YAML[[ (line {line})]][[: {message}]].', 'Mend it.'],
  OPERATOR_FILE_NOT_ISTIO_OPERATOR: ['The operator file is no IstioOperator.', 'Use kind IstioOperator.'],
  OPERATOR_FILE_MANY_DOCUMENTS: [
    'The operator file holds {documents} documents; one is wanted.',
    "Keep only the control plane's.",
  ],
  OPERATOR_FILE_NAMELESS: [
    'The operator file has no name; “istioctl uninstall -f” with it, by hand, would remove every revision.',
    'Give it metadata.name.',
  ],
  OPERATOR_FILE_NAMESPACE: ['The operator file is for namespace {namespace}, Istio is in {expected}.', 'Correct it.'],
  OPERATOR_FILE_GATEWAYS: [
    'The operator file holds gateways ({gateways}), which would be replaced at once.',
    'Move them into files of their own.',
  ],
  OPERATOR_FILE_PROFILE: ['The profile {profile} brings gateways.', 'Use profile minimal.'],
  OPERATOR_FILE_SINGLETON: [
    'The operator file brings {component}, which exists once per cluster and has no way back.',
    'Take it out; upgrade {component} by itself.',
  ],
  OPERATOR_FILE_REVISION: [
    'The operator file names revision {revision}, the plan {expected}.',
    'Leave the revision out of the file.',
  ],
  OPERATOR_FILE_DEFAULT_REVISION: [
    'The operator file sets defaultRevision {revision}, which moves validation at install.',
    'Take it out.',
  ],
  OPERATOR_FILE_REVISION_TAGS: ['The operator file sets tags ({tags}), which move at install.', 'Take them out.'],
  OPERATOR_FILE_TAG: ['The operator file pins {field} to {tag}, not {version}.', 'Take the pin out, or correct it.'],
  OPERATOR_FILE_REMOTE: [
    'The operator file asks for a remote or external control plane[[ ({field})]], which this version cannot upgrade.',
    'Take it out.',
  ],
  RENDER_FAILED: ['istioctl cannot render the target[[ ({exitCode})]][[: {said}]].', 'Mend the operator file.'],
  RENDERED_NO_CONTROL_PLANE: [
    'What is rendered holds no control plane of revision {revision}.',
    "Check the operator file's profile and components.",
  ],
  RENDERED_WRONG_IMAGE: [
    'The rendered istiod image {image} is not version {version}.',
    'Check hub and tag in the operator file.',
  ],
  RENDERED_WRONG_PROXY_TAG: [
    'The rendered sidecar image has tag {tag}, not {version}.',
    'Check global.proxy.image and the tags in the operator file.',
  ],
  RENDERED_ONE_REPLICA: [
    "The rendered control plane has {replicas} replica: with one, a node's drain stops every pod creation.",
    'Set at least two replicas.',
  ],
  RENDERED_NO_DISRUPTION_BUDGET: [
    'The rendered control plane has no PodDisruptionBudget.',
    'Turn defaultPodDisruptionBudget on.',
  ],
  RENDERED_FOREIGN_WORKLOADS: [
    'What is rendered holds more than the control plane: {objects}.',
    'Take them out of the operator file.',
  ],
  RENDERED_OVERWRITES: [
    'What is rendered would overwrite objects of the old revision or of a tag: {objects}.',
    'Correct the operator file.',
  ],
  RENDERED_NO_INJECTOR: [
    'The injector {object} is not rendered, so new pods could not be given to the new control plane.',
    'Take values.global.operatorManageWebhooks (or whatever leaves it out) from the operator file.',
  ],
  RENDERED_INJECTOR_DIFFERS: [
    'The rendered injector {object} is not as this version knows it: {field} is {found} instead of {expected}.',
    'Take what changes it (istiodRemote, own overlays) from the operator file, or use a Meshferry that knows this Istio.',
  ],
  RENDERED_ELSEWHERE: [
    'More is rendered than belongs in {expected}: {objects}.',
    'Correct the namespaces in the operator file.',
  ],
  RENDERED_IDENTITY_DIFFERS: [
    '{field} would change from {old} to {new}; old and new pods would not understand each other.',
    'Set it as it is now.',
  ],
  RENDERED_HUB_DIFFERS: [
    'The images would come from {new} instead of {old}.',
    'Set the hub as it is now, or ask again with “acknowledge hub”.',
  ],
  MESH_CONFIG_DIFFERS: [
    'The mesh configuration would change in: {keys}.',
    'Set them as they are now, or ask again with “acknowledge” and these names.',
  ],
  INJECTION_VALUES_DIFFER: [
    'The new sidecars are injected with {count} other values than the old ones, such as {keys}.',
    'Read what these change; defaults come and go with versions.',
  ],
  TAGS_STAY: ['These tags lead to another revision than {from} and stay as they are: {tags}.', ''],
  NOTHING_INJECTED: [
    'No namespace of this cluster is injected, so no switch could be proven.',
    'Label a namespace first, or upgrade the control plane without Meshferry.',
  ],
  ACKNOWLEDGED: ['Acknowledged by the requester: {keys}.', 'Read what these change before approving.'],
  OPERATOR_FILE_CHANGED: [
    'The operator file {path} was changed after the plan was approved. Nothing was installed.',
    'Put the approved file back, or ask for the upgrade again.',
  ],
  ISTIOCTL_CHANGED: [
    'The istioctl binary for {version}[[ ({path})]] was changed after the plan was approved. Nothing was installed.',
    'Put the approved binary back, or ask for the upgrade again.',
  ],
} as const satisfies Partial<Catalogue>
