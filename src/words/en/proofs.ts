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
} as const satisfies Partial<Catalogue>
