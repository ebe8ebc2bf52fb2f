/**
 * What is installed where the cluster names no operator file: the control plane alone, two istiods from the
 * first moment (an autoscaler takes its time to see its minimum). It has a name, since an
 * `istioctl uninstall -f` by hand of a file without one removes every revision (1.24 and later).
 */
export const LEAST_OPERATOR_FILE = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: meshferry
spec:
  profile: minimal
  components:
    pilot:
      k8s:
        replicaCount: 2
        hpaSpec:
          minReplicas: 2
`
