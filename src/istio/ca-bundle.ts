import { sha256 } from '../kernel/hash.ts'

/**
 * SHA-256 of the certificates in a caBundle, blind to how the text around and between them is written (line ends, blank
 * lines, order), so that a bundle rewritten with the same content has the same hash. Null for none.
 */
export function caBundleHash(caBundle: string | undefined): string | null {
  if (caBundle === undefined || caBundle === '') return null
  return pemHash(Buffer.from(caBundle, 'base64').toString('utf8'))
}

/** The same hash over PEM text. */
function pemHash(pem: string): string | null {
  if (pem.trim() === '') return null
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)
  if (blocks === null) return sha256(pem.trim())
  const bodies = blocks.map((block) => block.replace(/\s+/g, ''))
  return sha256([...new Set(bodies)].sort().join('\n'))
}
