import type { Catalogue } from '../sentence.ts'

/** Is it the sidecar? What a comparison of new pods with old ones says, and what it rests on. */
export const sidecarEn = {
  SIDECAR_NOT_SAME: [
    'Not the sidecar: the old pods fail the same way. {container} fails in {n} of {pods} new pods[[ ({reason})]] and in {m} of {old} old ones.',
    'Look at the log of {container} in either.',
  ],
  SIDECAR_NOT_CONTAINER: [
    'Not the sidecar: {container} cannot be started in {n} of {pods} new pods[[ ({reason})]]. That lies in its own image or settings.',
    'Look at the image and the settings of {container} in what was deployed.',
  ],
  SIDECAR_NOT_OLD_ONLY: [
    'Not the new sidecar: nothing fails in the {pods} new {pods|pod|pods}, only in old ones.',
    'Look at the old pods; a redeploy makes them anew.',
  ],
  SIDECAR_BACK_ONLY: [
    "Can't tell: nothing fails in the {pods} new {pods|pod|pods}, only in old ones, and pods go back to the old sidecar now.",
    'Tell the people below, with these lines.',
  ],
  SIDECAR_MAYBE_PROXY: [
    'Could be the sidecar: {container} fails or is not ready in {n} of {pods} new pods[[ ({reason})]], and in {m} of {old} old ones.',
    'Tell the people below, with these lines.',
  ],
  SIDECAR_MAYBE_APP: [
    'Could be the sidecar: {container} fails or is not ready in {n} of {pods} new pods[[ ({reason})]] and in {m} of {old} old ones, with the same image.',
    'Look at its log; if nothing else was changed with this deploy, tell the people below.',
  ],
  SIDECAR_MAYBE_INJECTION: [
    'Could be the sidecar: new pods cannot be made, because the injector did not answer well ({message}).',
    'Tell the people below now: it may concern every deploy.',
  ],
  SIDECAR_EITHER: [
    "Can't tell which: {container} fails or is not ready in {n} of {pods} new pods[[ ({reason})]] and in {m} of {old} old ones, but its image was changed with the same deploy ({before} → {after}).",
    'Deploy the image before once more: if those pods fail too, it could be the sidecar; if they do not, it is the new image.',
  ],
  SIDECAR_NO_DIFFERENCE: [
    'No difference seen: nothing fails in the {pods} new {pods|pod|pods}, nor in the {old} old {old|one|ones}.',
    'What shows only in answers or in their speed is not seen here: if that is your trouble, ask the people below.',
  ],
  SIDECAR_NO_NEW_PODS: [
    "Can't tell: there are no pods with the new sidecar ({old} with the old one).",
    'If your deploy hangs before its first pod, events below, if any, say why.',
  ],
  SIDECAR_NO_OLD_PODS: [
    "Can't tell: there are no old pods left to compare the {pods} new {pods|one|ones} with.",
    'Look at what fails below. If istio-proxy is named, tell the people below.',
  ],
  SIDECAR_STARTING: ["Can't tell yet: {n} of {pods} new pods are still starting.", 'Ask again in two minutes.'],
  SIDECAR_OLD_STARTING: [
    "Can't tell yet: {n} of {pods} pods with the old sidecar are still starting.",
    'Ask again in two minutes.',
  ],
  SIDECAR_POD_WAITS: [
    "Can't tell: {n} of {pods} new pods do not get as far as their containers[[ ({reason})]].",
    'Without a node, a volume or a network for them nothing can be said of the sidecar.',
  ],
  SIDECAR_EVENTS_NEEDED: [
    "Can't tell: the pods of both sides look alike, but their events could not be read.",
    'Ask the people below.',
  ],
  SIDECAR_UNCOUNTED: [
    "Can't tell: pods were not counted within the last minutes, so which workloads are yours is not known now.",
    'Ask again in a minute, or ask the people below.',
  ],
  SIDECAR_UNREAD: [
    "Can't tell whether it is the sidecar: {because}",
    'Ask again in a minute, or ask the people below.',
  ],
  SIDECAR_SIDE_NEW: [
    'New pods[[ (Istio {version})]]: {ready} of {pods} ready, istio-proxy ready in {proxyReady}; restarts: istio-proxy {proxyRestarts}, the others {appRestarts}',
  ],
  SIDECAR_SIDE_OLD: [
    'Old pods[[ (Istio {version})]]: {ready} of {pods} ready, istio-proxy ready in {proxyReady}; restarts: istio-proxy {proxyRestarts}, the others {appRestarts}',
  ],
  SIDECAR_SIGN_NEW: ['New pods: {container} fails or is not ready in {n} of {pods}[[ ({reason})]]'],
  SIDECAR_SIGN_OLD: ['Old pods: {container} fails or is not ready in {n} of {pods}[[ ({reason})]]'],
  SIDECAR_EVENT_NEW: ['Event of new pods, {times} {times|time|times}: {reason}[[: {message}]]'],
  SIDECAR_EVENT_OLD: ['Event of old pods, {times} {times|time|times}: {reason}[[: {message}]]'],
  SIDECAR_OTHERS: ['{n} more {n|pod|pods}, ending or with another sidecar or none, {n|is|are} left out'],
  SIDECAR_EVENTS_UNREAD: ['Events could not be read: the worker lacks the right to list them'],
  SIDECAR_WHICH: ['Team {team} has several workloads on {cluster}.', 'Choose the one whose deploy has trouble.'],
  SIDECAR_NOT_YOURS: [
    '{workload} is no workload of team {team} on {cluster}, so nothing was compared.',
    'Click the button on the message in your own team’s channel again.',
  ],
  SIDECAR_NO_WORKLOAD: [
    'Team {team} has no pods with a sidecar on {cluster}, so there is nothing to compare.',
    'If your pods should have one, ask in the channel of the cluster.',
  ],
  SIDECAR_NO_MIGRATION: [
    'No pods of {cluster} change their sidecars by this upgrade now, so there is nothing to compare.[[ {because}]]',
    'If a deploy of yours has trouble, ask in the channel of the cluster.',
  ],
  SIDECAR_CHOICE_LAPSED: [
    'This choice was offered more than 30 minutes ago, or to somebody else.',
    'Click the button on the message in your team’s channel again.',
  ],
} as const satisfies Partial<Catalogue>
