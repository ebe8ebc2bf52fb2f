import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/**
 * The form that kernel/signatures takes (base64 of DER) of an Ed25519 private key given in that form or as PEM; null when it
 * is neither. PEM is what `openssl genpkey -algorithm ed25519` writes.
 */
export function privateKeyForm(text: string): string | null {
  const key = attempt(() => createPrivateKey(isPem(text) ? text : { key: bytes(text), format: 'der', type: 'pkcs8' }))
  return isEd25519(key) ? key.export({ type: 'pkcs8', format: 'der' }).toString('base64') : null
}

/** The same for a public key. A private key is not taken for one, though Node would: it must never stand in the file. */
export function publicKeyForm(text: string): string | null {
  if (text.includes('PRIVATE KEY')) return null
  const key = attempt(() => createPublicKey(isPem(text) ? text : { key: bytes(text), format: 'der', type: 'spki' }))
  return isEd25519(key) ? key.export({ type: 'spki', format: 'der' }).toString('base64') : null
}

function isEd25519(key: KeyObject | null): key is KeyObject {
  return key?.asymmetricKeyType === 'ed25519'
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN')
}

function bytes(text: string): Buffer {
  return Buffer.from(text.trim(), 'base64')
}

function attempt(make: () => KeyObject): KeyObject | null {
  try {
    return make()
  } catch {
    return null
  }
}
