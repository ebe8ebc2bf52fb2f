/** Codes about Istio itself: istioctl, injectors, proofs, and what preflight finds. Part of codes.ts. */
export const ISTIO_CODES = [
  // istioctl, operator file and rendered target
  'ISTIOCTL_MISSING', // the binary isn't there
  'ISTIOCTL_UNPINNED', // no checksum configured
  'ISTIOCTL_CHECKSUM', // the checksum differs
  'YAML_UNREADABLE', // not YAML
  'VERSION_UNREADABLE', // not a version
  'VERSION_MAJOR_DIFFERS', // another major version
  'VERSION_TOO_OLD', // older than what is known
  'VERSION_NOT_NEWER', // not an upgrade
  'REVISION_NAME_INVALID', // no valid name
  'REVISION_NAME_RESERVED', // `default`
  'REVISION_NAME_TAKEN', // used by something else
  'TAG_NAME_INVALID', // no valid name
  'TAG_NAME_IS_REVISION', // tag and revision share a name
  'GENERATED_UNREADABLE', // the tag output can't be read
  'GENERATED_MISSING', // the tag output isn't there
  'GENERATED_WRONG_OBJECT', // other objects than expected
  'GENERATED_WRONG_SERVICE', // leads elsewhere
  'GENERATED_NEVER_MATCHES', // would inject nobody
  'GENERATED_CA_DIFFERS', // another root
  'GENERATED_LACKS_ENTRIES', // entries are missing
  'GENERATED_PATH_DIFFERS', // another injection path
  // Injectors, tags and what preflight finds
  'INJECTOR_POISONED', // a revision's object leads to another revision
  'DEFAULT_INJECTION_UNCLEAR', // more than one answer, or none
  'TAG_BROKEN', // a tag that leads to no revision
  'TAG_MISMATCH', // label and Service disagree
  'CONTROL_PLANE_MISSING', // a revision without istiod
  'CA_BUNDLE_MISSING', // no root yet
  'CA_BUNDLES_DIFFER', // two roots
  'NOTHING_TO_SWITCH', // nothing leads to the old one
  // Dry-run proofs
  'PROBE_RIGHT', // as expected
  'PROBE_NO_SIDECAR_AS_EXPECTED', // as expected
  'PROBE_NO_SIDECAR', // a gap
  'PROBE_DOUBLE', // two injectors
  'PROBE_UNEXPECTED_SIDECAR', // injected where it should not
  'PROBE_REVISION_UNKNOWN', // the sidecar doesn't say
  'PROBE_OTHER_REVISION', // the wrong one
  'PROBE_OTHER_VERSION', // the wrong image
  'PROBE_INJECTOR_FAILED', // the injector doesn't answer
  'PROBE_INJECTOR_DENIED', // the injector says no
  'PROBE_POD_SECURITY', // refused by PodSecurity
  'PROBE_POLICY', // refused by a policy
  'PROBE_QUOTA', // refused by a quota
  'PROBE_LIMIT_RANGE', // refused by a LimitRange
  'PROBE_OTHER_WEBHOOK', // refused by another webhook
  'PROBE_SERVICE_ACCOUNT', // the service account isn't there
  'PROBE_NAMESPACE_TERMINATING', // going away
  'PROBE_NAMESPACE_MISSING', // gone
  'PROBE_FORBIDDEN', // a right is missing
  'PROBE_POD_INVALID', // the probe pod isn't valid
  'PROBE_REFUSED', // refused for another reason
  'PROBE_API_UNREACHABLE', // no answer
  // What preflight finds in the cluster and the files
  'PLAN_REFUSED', // preflight says no
  'MESH_PART_UNREADABLE', // a part of the cluster can't be read
  'OLD_UNKNOWN', // no present control plane
  'OLD_VERSION_UNKNOWN', // the present version isn't readable
  'OLD_VERSION_DIFFERS', // another version than planned from
  'OLD_SETTINGS_UNKNOWN', // the present settings aren't readable
  'CONTROL_PLANES_DOUBLED', // two control planes of one revision
  'CONTROL_PLANE_ELSEWHERE', // a control plane in another namespace
  'CONTROL_PLANE_NOT_READY', // too few istiods
  'AMBIENT_NOT_SUPPORTED', // ambient mode
  'REMOTE_CONTROL_PLANE', // a remote control plane
  'EXTERNAL_CONTROL_PLANE', // serves other clusters
  'MULTI_CLUSTER_NOT_SUPPORTED', // secrets of other clusters
  'OWNER_NOT_SUPPORTED', // somebody else writes these objects
  'INJECTOR_BY_URL', // an injector outside of the cluster
  'INJECTION_UNKNOWN', // a class whose injector is uncertain
  'INJECTORS_OVERLAP', // a class with two injectors
  'INJECTION_MISSING', // asks for a sidecar that nobody injects
  'REVISION_WITHOUT_INJECTOR', // a warning: a revision nobody serves
  'VALIDATOR_BROKEN', // a warning: a validator leads nowhere
  'CNI_STAYS', // a warning: istio-cni isn't upgraded
  'UNDO_WOULD_DOUBLE', // undoing one step now would inject twice
  'INJECTORS_DOUBLED', // two objects of one revision
  'KUBE_GATEWAYS_CONTESTED', // both istiods would write them
  'KUBE_GATEWAYS_WOULD_MOVE', // they would roll at once
  'INJECTED_GATEWAYS_WOULD_MOVE', // they would move at their next restart
  'HOP_TOO_LONG', // more than two minors
  'HOP_TOO_LONG_FOR_CNI', // istio-cni allows one minor
  'HOP_LONG_BY_POLICY', // allowed by the file, warned about
  'KUBERNETES_NOT_SUPPORTED', // NEW can't run on this Kubernetes
  'KUBERNETES_UNTESTED', // outside of the published range
  'ISTIO_MINOR_UNKNOWN', // newer than what is known
  'INSTALL_WOULD_FLIP_DEFAULT', // install would move the default
  'CLASS_WRONG_BEFORE', // wrong before anything was done
  'CLASS_UNPROVABLE', // can't be proven before
  'CHECK_FORECAST', // not checked by this version
  'CHECK_SMOKE_WORKLOAD', // not checked by this version
  'CHECK_TEMPLATES', // not checked by this version
  'CHECK_CANARY', // not checked by this version
  'CHECK_HEALTH', // not checked by this version
  'CHECK_CRDS', // not checked by this version
  'CHECK_ENVOY_FILTERS', // not checked by this version
  'CHECK_WASM', // not checked by this version
  'CHECK_HOLD', // not checked by this version
  'CHECK_RE_AIM', // not checked by this version
  'CHECK_HANDS_YOURS', // not checked by this version
  'OPERATOR_FILE_MISSING', // no such file
  'OPERATOR_FILE_UNREADABLE', // not YAML
  'OPERATOR_FILE_NOT_ISTIO_OPERATOR', // another kind
  'OPERATOR_FILE_MANY_DOCUMENTS', // more than one document
  'OPERATOR_FILE_NAMELESS', // no name
  'OPERATOR_FILE_NAMESPACE', // another namespace
  'OPERATOR_FILE_GATEWAYS', // gateways in the file
  'OPERATOR_FILE_PROFILE', // a profile with gateways
  'OPERATOR_FILE_SINGLETON', // CNI or ztunnel in the file
  'OPERATOR_FILE_REVISION', // another revision
  'OPERATOR_FILE_DEFAULT_REVISION', // would move validation at install
  'OPERATOR_FILE_REVISION_TAGS', // would move tags at install
  'OPERATOR_FILE_TAG', // another image tag
  'OPERATOR_FILE_REMOTE', // remote or external
  'RENDER_FAILED', // the target can't be rendered
  'RENDERED_NO_CONTROL_PLANE', // no istiod in what is rendered
  'RENDERED_WRONG_IMAGE', // another image than the target
  'RENDERED_WRONG_PROXY_TAG', // another proxy than the target
  'RENDERED_ONE_REPLICA', // one istiod
  'RENDERED_NO_DISRUPTION_BUDGET', // no PodDisruptionBudget
  'RENDERED_FOREIGN_WORKLOADS', // more than the control plane
  'RENDERED_OVERWRITES', // would overwrite others
  'RENDERED_NO_INJECTOR', // no injector of the new revision
  'RENDERED_INJECTOR_DIFFERS', // an injector of another shape than is known
  'RENDERED_ELSEWHERE', // objects outside of Istio's namespace
  'RENDERED_IDENTITY_DIFFERS', // another trust domain, mesh id, cluster or network
  'RENDERED_HUB_DIFFERS', // another registry
  'MESH_CONFIG_DIFFERS', // other mesh settings
  'INJECTION_VALUES_DIFFER', // warning: what templates are filled with
  'TAGS_STAY', // warning: tags of other revisions
  'NOTHING_INJECTED', // nothing a switch could be proven by
  'ACKNOWLEDGED', // a warning: differences that somebody acknowledged
  'OPERATOR_FILE_CHANGED', // the file isn't the approved one
  'ISTIOCTL_CHANGED', // the binary isn't the approved one
  // The namespace in which an install of 1.9 or older is proven
  'PROOF_NAMESPACE_PLANNED', // warning: it is made and removed
  'PROOF_NAMESPACE_REFUSED', // it can't be made
  'PROOF_NAMESPACE_TAKEN', // its name is somebody else's
  'PROOF_NAMESPACE_USED', // somebody put something into it
  'PROOF_NAMESPACE_GOING', // the one before is still being removed
  'PROOF_NAMESPACE_LEFT', // it can't be removed
  'PROOF_NAMESPACE_REMOVED', // evidence: it was made and removed
  // istioctl at work
  'ISTIOCTL_NONE', // no version is configured
  'ISTIOCTL_NOT_STARTED', // the process didn't start
  'ISTIOCTL_OTHER_VERSION', // the binary is another version
  'ISTIOCTL_OUTPUT_UNREADABLE', // an answer of another shape
  'ISTIOCTL_CHECK_NOT_RUN', // a check of istioctl's didn't run
  'ISTIOCTL_FINDINGS', // istioctl warns
  'TAGS_UNSUPPORTED', // no tags in this version
  'TAG_GENERATE_FAILED', // the tag can't be generated
  'INSTALL_FAILED', // istioctl install failed
  'UNINSTALL_FAILED', // the new control plane can't be removed
  'UNINSTALL_LEFT_OBJECTS', // something was left
  'UNINSTALL_UNSUPPORTED', // this version can't uninstall
] as const
