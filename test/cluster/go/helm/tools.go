//go:build tools

// Package tools pins the Helm program that the cluster tests build.
package tools

import _ "helm.sh/helm/v3/cmd/helm"
