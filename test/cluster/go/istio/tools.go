//go:build tools

// Package tools pins the Istio programs that the cluster tests build.
package tools

import (
	_ "istio.io/istio/istioctl/cmd/istioctl"
	_ "istio.io/istio/pilot/cmd/pilot-discovery"
	_ "istio.io/istio/pkg/adsc"
)
