import type { Catalogue } from '../sentence.ts'

/** istioctl at work. */
export const toolsEn = {
  ISTIOCTL_NONE: [
    'No istioctl is configured that is newer than what runs.',
    'Add one under istioctl.sha256, with its binary in the folder.',
  ],
  ISTIOCTL_NOT_STARTED: [
    'istioctl could not be started[[ ({file})]][[: {message}]].',
    'Check that the file may be executed on this machine.',
  ],
  ISTIOCTL_OTHER_VERSION: ['The binary for istioctl {version} says that it is {says}.', 'Put the right binary there.'],
  ISTIOCTL_OUTPUT_UNREADABLE: [
    'The answer of istioctl {command} cannot be read[[: {output}]].',
    "Check the binary's version.",
  ],
  ISTIOCTL_CHECK_NOT_RUN: ['istioctl {command} could not be run[[: {said}]].', 'Run it by hand before approving.'],
  ISTIOCTL_FINDINGS: ['istioctl {command} has {findings} findings: {first}.', 'Read them before approving.'],
  TAGS_UNSUPPORTED: [
    'istioctl {version} knows no revision tags.',
    'The patch strategy is for such versions; report this with the code.',
  ],
  TAG_GENERATE_FAILED: [
    'istioctl could not generate tag {tag} → {revision}[[ ({exitCode})]][[: {said}]]. Nothing was applied.',
    'Read its words.',
  ],
  INSTALL_FAILED: [
    'istioctl install of {version} did not succeed ({ended}[[, {exitCode}]])[[: {said}]].',
    'It is undone by itself; read the words, then ask again.',
  ],
  UNINSTALL_FAILED: [
    'istioctl could not remove revision {revision}[[ ({exitCode})]][[: {said}]].',
    'Use the undo commands of the plan, then resume.',
  ],
  UNINSTALL_LEFT_OBJECTS: [
    'After removing revision {revision} these are left: {left}.',
    'Remove them by hand, then resume.',
  ],
  UNINSTALL_UNSUPPORTED: [
    'istioctl {version} cannot remove a single revision.',
    'Use the undo commands of the plan, then resume.',
  ],
} as const satisfies Partial<Catalogue>
