import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** What DER puts in front of the 32 bytes of an Ed25519 key (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The form that kernel/signatures takes (base64 of DER) of an Ed25519 private key given in that form, as PEM (what
 * `openssl genpkey -algorithm ed25519` writes), or as its bare 32 bytes in base64 or hex; null when it is none of them.
 */
export function privateKeyForm(text: string): string | null {
  const key = attempt(() =>
    createPrivateKey(isPem(text) ? text : { key: bytes(text, PRIVATE_HEAD), format: 'der', type: 'pkcs8' }),
  )
  return isEd25519(key) ? key.export({ type: 'pkcs8', format: 'der' }).toString('base64') : null
}

/** The same for a public key. A private key is not taken for one, though Node would: it must never stand in the file. */
export function publicKeyForm(text: string): string | null {
  if (text.includes('PRIVATE KEY')) return null
  const key = attempt(() =>
    createPublicKey(isPem(text) ? text : { key: bytes(text, PUBLIC_HEAD), format: 'der', type: 'spki' }),
  )
  return isEd25519(key) ? key.export({ type: 'spki', format: 'der' }).toString('base64') : null
}

function isEd25519(key: KeyObject | null): key is KeyObject {
  return key?.asymmetricKeyType === 'ed25519'
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN')
}

function bytes(text: string, head: Buffer): Buffer {
  const given = /^[0-9a-f]{64}$/i.test(text.trim())
    ? Buffer.from(text.trim(), 'hex')
    : Buffer.from(text.trim(), 'base64')
  return given.length === 32 ? Buffer.concat([head, given]) : given
}

function attempt(make: () => KeyObject): KeyObject | null {
  try {
    return make()
  } catch {
    return null
  }
}
