import type { Catalogue } from '../sentence.ts'

/** istioctl, operator file and rendered target. */
export const istioctlEn = {
  ISTIOCTL_MISSING: [
    'istioctl {version} is not there[[ ({path})]].',
    'Put the binary of that version there, with its SHA-256 in the file.',
  ],
  ISTIOCTL_UNPINNED: [
    "istioctl {version} has no SHA-256 in the worker's file, so it is not started.",
    'Add it under istioctl.sha256.',
  ],
  ISTIOCTL_CHECKSUM: [
    'istioctl {version} is not the binary that was pinned[[ (expected {expected}, found {found})]]. It is not started.',
    'Put the right binary there, or correct the SHA-256 if you know why it changed.',
  ],
  YAML_UNREADABLE: ['A document cannot be read as YAML[[ (line {line})]]: {message}.', 'Mend it.'],
  VERSION_UNREADABLE: ['“{version}” is not a version that can be read.', 'Write three numbers, like 1.31.0.'],
  VERSION_MAJOR_DIFFERS: [
    '{from} and {to} have different major versions; that is no upgrade that Meshferry knows.',
    'Choose a version with the same major number.',
  ],
  VERSION_TOO_OLD: [
    'Istio {version} is older than {oldest}, the oldest that is supported.',
    'Upgrade it by hand to {oldest} first.',
  ],
  VERSION_NOT_NEWER: [
    '{to} is not newer than {from}. Nothing was changed.',
    'Choose a newer version. To go back, use rollback.',
  ],
  REVISION_NAME_INVALID: [
    '“{revision}” is not a valid revision name (lower-case letters, digits and dashes, at most {longest}).',
    'Choose another name.',
  ],
  REVISION_NAME_RESERVED: [
    'The name “{revision}” is reserved for the unrevisioned control plane.',
    'Choose another name.',
  ],
  REVISION_NAME_TAKEN: [
    'The revision name “{revision}” is used already.',
    'Choose another name, or remove what uses it.',
  ],
  TAG_NAME_INVALID: ['“{tag}” is not a valid tag name (at most {longest} characters).', 'Choose another name.'],
  TAG_NAME_IS_REVISION: [
    '“{tag}” is the name of a revision too; then nobody can say what it means.',
    'Choose another name.',
  ],
  GENERATED_UNREADABLE: [
    'What istioctl generated for tag {tag} → {revision} cannot be read. Nothing was applied.',
    'Check the istioctl binary.',
  ],
  GENERATED_MISSING: [
    'istioctl generated nothing for tag {tag} → {revision}. Nothing was applied.',
    'Check the istioctl binary and its rights.',
  ],
  GENERATED_WRONG_OBJECT: [
    'istioctl generated other objects for tag {tag} than {expected}: {got}. Nothing was applied.',
    'Check the istioctl binary.',
  ],
  GENERATED_WRONG_SERVICE: [
    'What istioctl generated for tag {tag} does not lead to revision {revision}[[ but to {got}]]. Nothing was applied.',
    'Check the Services and labels of that revision.',
  ],
  GENERATED_NEVER_MATCHES: [
    'What istioctl generated for tag {tag} would match no namespace at all. Nothing was applied.',
    "Check the revision's own webhook: it may be disarmed.",
  ],
  GENERATED_CA_DIFFERS: [
    'What istioctl generated for tag {tag} carries another CA than revision {revision}. Nothing was applied.',
    'Wait until istiod has written its caBundle, then ask again.',
  ],
  GENERATED_LACKS_ENTRIES: [
    'What istioctl generated for tag {tag} lacks entries that are there now: {entries}. Nothing was applied.',
    'Check which istioctl version made the present ones.',
  ],
  GENERATED_PATH_DIFFERS: [
    'What istioctl generated for tag {tag} uses another injection path ({after}) than now ({before}). Nothing was applied.',
    'Compare the injection paths of both revisions.',
  ],
} as const satisfies Partial<Catalogue>
