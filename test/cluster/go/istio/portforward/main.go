// Portforward answers what an API server asks of a kubelet when a client forwards a port: for the argument HOST:PORT it
// serves /portForward/NAMESPACE/POD there over TLS, and carries each stream to that port of the pod's own address. It asks
// the API server of the second argument for the address, with the bearer token in TOKEN.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/httpstream"
	"k8s.io/apimachinery/pkg/util/httpstream/spdy"
)

const protocol = "portforward.k8s.io"

// A forwarded connection comes from the pod's own localhost, which istiod lets see more than others.
var dialer = net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}

// The API server of the tests signs its own certificate, and checks no kubelet's.
var client = http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: TOKEN=… portforward HOST:PORT API-SERVER")
		os.Exit(2)
	}
	certificate, err := selfSigned()
	if err == nil {
		server := http.Server{Addr: os.Args[1], Handler: http.HandlerFunc(forward), TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{certificate},
		}, TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}}
		err = server.ListenAndServeTLS("", "")
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func forward(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) != 3 || parts[0] != "portForward" {
		http.NotFound(w, r)
		return
	}
	address, err := addressOf(parts[1], parts[2])
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	if _, err := httpstream.Handshake(r, w, []string{protocol}); err != nil {
		return
	}
	streams := make(chan httpstream.Stream, 16)
	connection := spdy.NewResponseUpgrader().UpgradeResponse(w, r, func(s httpstream.Stream, _ <-chan struct{}) error {
		streams <- s
		return nil
	})
	if connection == nil {
		return
	}
	defer connection.Close()
	errors := map[string]httpstream.Stream{}
	for {
		select {
		case <-connection.CloseChan():
			return
		case stream := <-streams:
			// The stream for errors is made first, then that for data with the same id.
			id := stream.Headers().Get("requestID")
			if stream.Headers().Get("streamType") == "error" {
				errors[id] = stream
			} else {
				go carry(stream, errors[id], net.JoinHostPort(address, stream.Headers().Get("port")))
			}
		}
	}
}

func carry(data, errors httpstream.Stream, target string) {
	defer data.Reset()
	defer errors.Reset()
	connection, err := dialer.Dial("tcp", target)
	if err != nil {
		fmt.Fprint(errors, err)
		return
	}
	defer connection.Close()
	ended := make(chan struct{}, 2)
	copyTo := func(to io.Writer, from io.Reader) {
		_, _ = io.Copy(to, from)
		ended <- struct{}{}
	}
	go copyTo(connection, data)
	go copyTo(data, connection)
	<-ended
}

func addressOf(namespace, pod string) (string, error) {
	url := fmt.Sprintf("%s/api/v1/namespaces/%s/pods/%s", os.Args[2], namespace, pod)
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
	answer, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var found struct{ Status struct{ PodIP string } }
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil {
		return "", err
	}
	if found.Status.PodIP == "" {
		return "", fmt.Errorf("pod %s/%s has no address", namespace, pod)
	}
	return found.Status.PodIP, nil
}

func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(24 * time.Hour)}
	bytes, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{bytes}, PrivateKey: key}, err
}
