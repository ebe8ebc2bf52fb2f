import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { sha256 } from './hash.ts'

/** An Ed25519 key of the bot, as base64 of its raw DER: the form of MESHFERRY_BOT_KEY and of `bot.publicKeys`. */
export type KeyPair = { readonly privateKey: string; readonly publicKey: string }

export function newKeyPair(): KeyPair {
  const pair = generateKeyPairSync('ed25519')
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }
}

/** Eight hex digits by which a signature names its key, so that several keys can be valid while they are rotated. */
export function keyIdOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64')).slice(0, 8)
}

export function publicKeyOf(privateKey: string): string {
  const key = createPublicKey(privateKeyObject(privateKey))
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}

/** Base64 Ed25519 signature of text. Throws when the key is not one. */
export function signText(text: string, privateKey: string): string {
  return sign(null, Buffer.from(text), privateKeyObject(privateKey)).toString('base64')
}

/** True only for a valid signature by exactly this key; a malformed key or signature is false, not an error. */
export function verifyText(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** `<key id>:<hex HMAC-SHA256>` of text; the id lets two record keys be valid while rotating. */
export function macOf(text: string, key: string): string {
  return `${macKeyId(key)}:${createHmac('sha256', key).update(text).digest('hex')}`
}

/** True when the MAC was made over this text by one of these keys. */
export function macMatches(text: string, mac: string, keys: readonly string[]): boolean {
  return keys.some((key) => {
    const expected = Buffer.from(macOf(text, key))
    const given = Buffer.from(mac)
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
}

function macKeyId(key: string): string {
  return sha256(`meshferry record key ${key}`).slice(0, 8)
}

function privateKeyObject(privateKey: string): ReturnType<typeof createPrivateKey> {
  return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
}
