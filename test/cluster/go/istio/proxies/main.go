// Proxies pretends to be connected sidecars: for each line "IP NAME NAMESPACE VERSION" on stdin it holds one XDS stream
// open to the istiod whose host:port is the only argument. It prints "connected N" when all are, and ends with its stdin's
// owner. An istiod counts such streams in the metric pilot_xds by version.
package main

import (
	"bufio"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/protobuf/types/known/structpb"
	"istio.io/istio/pkg/adsc"
)

// What an Envoy subscribes to.
var subscriptions = []string{
	"type.googleapis.com/envoy.config.cluster.v3.Cluster",
	"type.googleapis.com/envoy.config.listener.v3.Listener",
	"type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
	"type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: proxies HOST:PORT < LINES")
	}
	streams, err := connectAll(args[0], bufio.NewScanner(os.Stdin))
	if err != nil {
		return err
	}
	fmt.Println("connected", len(streams))
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
	for _, stream := range streams {
		stream.Close()
	}
	return nil
}

func connectAll(istiod string, lines *bufio.Scanner) ([]*adsc.ADSC, error) {
	var streams []*adsc.ADSC
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) != 4 {
			return nil, fmt.Errorf("want IP NAME NAMESPACE VERSION, got %q", lines.Text())
		}
		stream, err := connect(istiod, fields[0], fields[1], fields[2], fields[3])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", fields[1], err)
		}
		streams = append(streams, stream)
	}
	return streams, lines.Err()
}

func connect(istiod, ip, name, namespace, version string) (*adsc.ADSC, error) {
	node, err := structpb.NewStruct(map[string]any{
		"ISTIO_VERSION": version,
		"NAMESPACE":     namespace,
		"CLUSTER_ID":    "Kubernetes",
		// Without it an istiod takes the stream for a tool's, and leaves it out of what proxy-status shows.
		"PROXY_CONFIG": map[string]any{},
	})
	if err != nil {
		return nil, err
	}
	var requests []*discovery.DiscoveryRequest
	for _, subscription := range subscriptions {
		requests = append(requests, &discovery.DiscoveryRequest{TypeUrl: subscription})
	}
	stream, err := adsc.New(istiod, &adsc.ADSConfig{
		Config:                   adsc.Config{Namespace: namespace, Workload: name, IP: ip, Meta: node},
		InitialDiscoveryRequests: requests,
	})
	if err != nil {
		return nil, err
	}
	return stream, stream.Run()
}
