import type { Catalogue } from '../sentence.ts'

/** The cluster, its files and its records. */
export const clusterEn = {
  CLUSTER_UNREACHABLE: [
    'The API server[[ {server}]] did not answer[[: {message}]]. Nothing is known now, so nothing is done.',
    'Check the network and the API server, then try again.',
  ],
  CLUSTER_UNAUTHORIZED: [
    "The API server[[ {server}]] did not accept the worker's credentials[[: {message}]].",
    'Renew the kubeconfig or the service account token.',
  ],
  CLUSTER_FORBIDDEN: [
    'The worker may not {verb} {resource}[[ in namespace {namespace}]][[ ({message})]].',
    "Add verb {verb} on {resource} to the worker's role.",
  ],
  CLUSTER_NOT_FOUND: [
    '{resource}[[ {name}]][[ in namespace {namespace}]] is not there.',
    'See whether somebody removed it, then try again.',
  ],
  CLUSTER_CONFLICT: [
    'Somebody else changed {resource}[[ {name}]] in the same moment, so the write was not made.',
    'It is read again and tried again; if it repeats, find the other writer.',
  ],
  CLUSTER_INVALID: [
    'The API server does not accept a change of {resource}[[ {name}]][[: {message}]].',
    'Read the message; nothing was changed by this write.',
  ],
  CLUSTER_REFUSED: [
    'The API server refused[[ {verb}]][[ {resource}]][[ (status {status})]][[: {message}]].',
    'Read the message; a policy or webhook may stand behind it.',
  ],
  CLUSTER_THROTTLED: ['The API server asks to slow down[[: {message}]].', 'Nothing to do; it is tried again.'],
  CLUSTER_KIND_UNSERVED: [
    'The API server does not serve {kind} ({apiVersion}).',
    'Install what brings this kind, or leave it out.',
  ],
  KUBECONFIG_MISSING: [
    'No kubeconfig was found[[ ({files})]].',
    'Set KUBECONFIG, or kube.inCluster: true in the file where the worker runs in the cluster.',
  ],
  KUBECONFIG_UNREADABLE: ['The kubeconfig[[ {file}]] cannot be read: {message}.', 'Mend the file.'],
  KUBE_CONTEXT_MISSING: [
    'The kubeconfig has no context “{context}”[[; it has {contexts}]].',
    'Put one of them into kube.context.',
  ],
  KUBE_CREDENTIALS: [
    'The login that the kubeconfig names did not work: {message}.',
    'Log in by hand once with the same context, then try again.',
  ],
  INSTALL_RIGHTS_MISSING: [
    'The worker may not do what istioctl install and uninstall do: that takes every right in the cluster, as what they write grants rights.',
    'Apply deploy/kubernetes/install-rights.yaml (or bind cluster-admin to the worker), then ask again.',
  ],
  INSTALL_RIGHTS_HELD: [
    'The worker holds every right in the cluster. An install, a rehearsal, a removal and their undo need that, nothing else does; and while it holds them all, it cannot be seen whether it has the other rights by themselves.',
    'When the install is over, take it away (kubectl delete -f deploy/kubernetes/install-rights.yaml) and ask the doctor again.',
  ],
  INSTALL_RIGHTS_AWAY: [
    'The worker does not hold every right in the cluster, so that no upgrade begins. Between an install and the rehearsal that is as it should be; only a rollback that removes the new control plane needs it then.',
    'Before an upgrade and before the rehearsal, give it: kubectl apply -f deploy/kubernetes/install-rights.yaml (or bind cluster-admin to the worker).',
  ],
  RECORD_CONTENDED: [
    'The run record was changed by somebody else {tries} times in a row, so nothing was saved.',
    'See whether two workers act on one cluster.',
  ],
  RECORD_FORGED: [
    'The record[[ {name}]] in the cluster is not as this worker sealed it: somebody without the record key changed it, or this worker has another key or another name of the cluster than the one that wrote it. Nothing is done with it.',
    'Leave it as it is: “A record is refused as forged” in docs/runbook.md says how to tell the one from the other, and how to go on.',
  ],
  RECORD_UNREADABLE: [
    'The record[[ {name}]] in the cluster cannot be read[[: {message}]].',
    'Was it written by a newer version? Bring the worker to that version.',
  ],
  RECORD_TOO_LARGE: [
    'The run record would be {bytes} bytes, more than a ConfigMap may hold. Nothing was saved and nothing is done.',
    'Report it with this code.',
  ],
  RECORD_FULL: [
    'The run record has {bytes} of the {limit} bytes that going forward may fill; the rest is kept for the way back.',
    "Where Redis or the audit's ConfigMaps could not be written (the worker's log says so), mend that and resume. Going back is possible at any time: roll back.",
  ],
  PLAN_TOO_LARGE: [
    'The plan has {classes} kinds of namespaces and {steps} steps. With them the upgrade and its way back would not fit into one record ({bytes} of {limit} bytes). Nothing was changed.',
    'Label namespaces instead of single pods where you can, or take tags away that nothing asks for, then ask again.',
  ],
  AUDIT_SHORTENED: [
    '{lines} lines could not be written to the audit for so long that they had to give way to the way back.',
  ],
} as const satisfies Partial<Catalogue>
