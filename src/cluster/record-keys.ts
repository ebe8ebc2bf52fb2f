import { z } from 'zod'
import { CodedError, refusalOf } from '../kernel/errors.ts'
import { keyList } from '../kernel/key-list.ts'
import type { Cluster } from '../ports/cluster.ts'

/** The Secret of deploy/kubernetes from which the workers get their record key. */
const SECRET = 'meshferry-worker'
const KEY = 'record-key'

const secret = z.object({ data: z.object({ [KEY]: z.string().min(1) }) })

/**
 * The records' keys from the workers' Secret, read with the caller's own rights: one, or two while rotating. Throws
 * RECORD_KEY_UNREADABLE {secret, namespace, message}; what the Secret holds is in no error.
 */
export async function readRecordKeys(cluster: Pick<Cluster, 'get'>, namespace: string): Promise<readonly string[]> {
  const unreadable = (message: string): CodedError =>
    new CodedError('RECORD_KEY_UNREADABLE', { secret: SECRET, namespace, message })
  const found = await cluster.get({ apiVersion: 'v1', kind: 'Secret', namespace, name: SECRET }).catch((error) => {
    throw unreadable(refusalOf(error).code)
  })
  const read = secret.safeParse(found)
  if (!read.success) throw unreadable(found ? `it has no ${KEY}` : 'it is not there')
  return keyList(Buffer.from(read.data.data[KEY], 'base64').toString('utf8'))
}
