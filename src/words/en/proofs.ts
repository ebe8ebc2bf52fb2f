import type { Catalogue } from '../sentence.ts'

/** Dry-run proofs. */
export const proofsEn = {
  PROBE_RIGHT: ['A new pod gets revision {got}, as expected.'],
  PROBE_NO_SIDECAR_AS_EXPECTED: ['A new pod gets no sidecar, as expected.'],
  PROBE_NO_SIDECAR: [
    'A new pod gets no sidecar; revision {expected} was expected.',
    'Roll back if it does not mend itself at once.',
  ],
  PROBE_DOUBLE: [
    'A new pod is injected twice[[ (expected {expected}, got {got})]].',
    'Roll back, then find the second injector.',
  ],
  PROBE_UNEXPECTED_SIDECAR: [
    'A new pod gets a sidecar of revision {got} where none was expected.',
    'Roll back, then see which selector matches.',
  ],
  PROBE_REVISION_UNKNOWN: [
    'A new pod gets a sidecar ({image}) that does not say which revision made it; {expected} was expected.',
    'Look at the injection template.',
  ],
  PROBE_OTHER_REVISION: [
    'A new pod gets revision {got}; {expected} was expected.',
    'Roll back, then find who wrote the injector.',
  ],
  PROBE_OTHER_VERSION: [
    'A new pod gets a sidecar of version {gotVersion} ({image}); {expectedVersion} was expected.',
    'Check the proxy image of revision {expected}.',
  ],
  PROBE_INJECTOR_FAILED: [
    'The injector[[ {webhook}]] did not answer[[: {message}]]. New pods cannot be created there.',
    'Roll back if it does not mend itself at once.',
  ],
  PROBE_INJECTOR_DENIED: [
    'The injector[[ {webhook}]] refused a new pod[[: {message}]].',
    'Roll back, then read its message.',
  ],
  PROBE_POD_SECURITY: [
    'PodSecurity[[ “{level}”]] refuses the probe pod, so nothing can be proven there.',
    'Allow what the sidecar needs, or look by hand.',
  ],
  PROBE_POLICY: [
    'The policy[[ {policy}]] refuses the probe pod, so nothing can be proven there.',
    'Let the policy pass dry-run pods of Meshferry, or look by hand.',
  ],
  PROBE_QUOTA: [
    'A quota[[ ({quota})]] refuses the probe pod, so nothing can be proven there. This is not a gap.',
    'Make room in the quota, or look by hand.',
  ],
  PROBE_LIMIT_RANGE: [
    'A LimitRange refuses the probe pod, so nothing can be proven there.',
    'Allow what the sidecar asks for, or look by hand.',
  ],
  PROBE_OTHER_WEBHOOK: [
    'The webhook[[ {webhook}]] refuses the probe pod, so nothing can be proven there.',
    'Let it pass dry-run pods of Meshferry, or look by hand.',
  ],
  PROBE_SERVICE_ACCOUNT: [
    'The service account[[ {serviceAccount}]] that the probe pod names is not there.',
    'See whether the namespace is complete.',
  ],
  PROBE_NAMESPACE_TERMINATING: ['The namespace is being removed, so nothing can be proven there.', 'Nothing to do.'],
  PROBE_NAMESPACE_MISSING: ['The namespace is not there any more, so nothing can be proven there.', 'Nothing to do.'],
  PROBE_FORBIDDEN: [
    'The worker[[ ({user})]] may not create dry-run pods there, so nothing can be proven.',
    "Add verb create on pods to the worker's role.",
  ],
  PROBE_POD_INVALID: [
    'The API server calls the probe pod invalid[[: {message}]], so nothing can be proven there.',
    'Read the message and look by hand.',
  ],
  PROBE_REFUSED: [
    'The probe pod was refused[[: {message}]], so nothing can be proven there.',
    'Read the message and look by hand.',
  ],
  PROBE_API_UNREACHABLE: [
    'The API server did not answer the proof[[: {message}]]. Nothing is known, so nothing is done.',
    'It is asked again.',
  ],
  PROOF_NAMESPACE_PLANNED: [
    'In Istio 1.9 and older no pod can ask for a revision by itself, only its namespace can. So the install is proven in a namespace of ours, {namespace}, labelled istio.io/rev={revision}: it is made for that and removed right after. No pod is ever stored in it.',
    '',
  ],
  PROOF_NAMESPACE_REFUSED: [
    'The namespace {namespace}, in which the install would be proven, cannot be made: {message}.',
    'Let the worker create and delete this namespace (deploy/kubernetes/install-rights.yaml; an exception where a policy refuses it). Then ask again, or resume what is halted.',
  ],
  PROOF_NAMESPACE_TAKEN: [
    'There is a namespace {namespace} that Meshferry did not make. The install would be proven in one of that name; this one is not touched.',
    'Remove it if nobody needs it. Then ask again, or resume what is halted.',
  ],
  PROOF_NAMESPACE_USED: [
    'Somebody put something into the namespace {namespace}, which Meshferry made for a proof: {by}. So it is not removed.',
    'Have its owner move it elsewhere, then resume or roll back.',
  ],
  PROOF_NAMESPACE_GOING: [
    'The namespace {namespace} of an earlier proof is still being removed.',
    'See what holds it (kubectl get namespace {namespace} -o yaml, status.conditions), then resume.',
  ],
  PROOF_NAMESPACE_LEFT: [
    'The namespace {namespace}, made for the proof of the install, cannot be removed: {message}.',
    'Let the worker delete it, then resume; or remove it yourself: kubectl delete namespace {namespace}.',
  ],
  PROOF_NAMESPACE_REMOVED: ['The namespace {namespace}, made for the proof of the install, was removed again.'],
} as const satisfies Partial<Catalogue>
