/** Codes of the answer to "Is it the sidecar?". Part of codes.ts. */
export const SIDECAR_CODES = [
  // Verdicts
  'SIDECAR_NOT_SAME', // the old pods fail the same way
  'SIDECAR_NOT_CONTAINER', // a container of the app can't be started at all: its image, its settings
  'SIDECAR_NOT_OLD_ONLY', // only old pods fail
  'SIDECAR_BACK_ONLY', // only pods that went back fail
  'SIDECAR_MAYBE_PROXY', // the sidecar itself fails in new pods only
  'SIDECAR_MAYBE_APP', // the app fails in new pods only, with the same image
  'SIDECAR_MAYBE_INJECTION', // the injector keeps new pods from being made
  'SIDECAR_EITHER', // the app fails in new pods only, and its image is another
  'SIDECAR_NO_DIFFERENCE', // both sides are well
  'SIDECAR_NO_NEW_PODS', // nothing to compare: no new pods
  'SIDECAR_NO_OLD_PODS', // nothing to compare: no old pods
  'SIDECAR_STARTING', // the new pods are too young to tell
  'SIDECAR_OLD_STARTING', // the new pods are well, some of the old are too young to compare with
  'SIDECAR_POD_WAITS', // new pods don't get as far as their containers
  'SIDECAR_EVENTS_NEEDED', // pods look alike, and events could not be read
  'SIDECAR_UNCOUNTED', // pods were not counted lately, so whose they are is unknown
  'SIDECAR_UNREAD', // the cluster did not say
  // What was seen
  'SIDECAR_SIDE_NEW', // the new pods in numbers
  'SIDECAR_SIDE_OLD', // the old pods in numbers
  'SIDECAR_SIGN_NEW', // what fails in new pods
  'SIDECAR_SIGN_OLD', // what fails in old pods
  'SIDECAR_EVENT_NEW', // an event of new pods
  'SIDECAR_EVENT_OLD', // an event of old pods
  'SIDECAR_OTHERS', // pods that were left out
  'SIDECAR_EVENTS_UNREAD', // events could not be read
  // The way there
  'SIDECAR_WHICH', // the team has several workloads
  'SIDECAR_NOT_YOURS', // the workload is none of the team's
  'SIDECAR_NO_WORKLOAD', // the team has none
  'SIDECAR_NO_MIGRATION', // no pods change sidecars now
  'SIDECAR_CHOICE_LAPSED', // the choice was offered too long ago
] as const
