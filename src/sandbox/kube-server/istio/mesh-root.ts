/** The public root of the sandbox's mesh (self-signed for it; its key was never kept). */
export const meshRoot = `-----BEGIN CERTIFICATE-----
MIIBhzCCAS2gAwIBAgIUR9tBar//5kVI8LPff1xItkFLhXYwCgYIKoZIzj0EAwIw
GDEWMBQGA1UECgwNY2x1c3Rlci5sb2NhbDAgFw0yNjExMjMxODM3MTNaGA8yMTI2
MTAzMDE4MzcxM1owGDEWMBQGA1UECgwNY2x1c3Rlci5sb2NhbDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABLKAoZuLHeA7psnbkPlV3zPXVKNhXOZqrfvlYDczr3ad
UC5DV9wrjEzsWipU5fRsC7yZGgEYiCJKolfW2UU6qPCjUzBRMB0GA1UdDgQWBBS8
U55o9ItxOZVovAAYJCROPOjlKjAfBgNVHSMEGDAWgBS8U55o9ItxOZVovAAYJCRO
POjlKjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDSnl7n9zdD
zEkNG+VBZbRqZJRwRs1JM5lodjpvCMgjzgIgeZcrfp0q6YcdTYLPzKznOiaPG+D+
7ESy5LYYh7/gP38=
-----END CERTIFICATE-----
`

/** As clientConfig.caBundle carries it. */
export function caBundleOf(root: string): string {
  return Buffer.from(root).toString('base64')
}
