import { userInfo } from 'node:os'
import { z } from 'zod'
import type { Cluster } from '../ports/cluster.ts'

const answer = z.object({ status: z.object({ userInfo: z.object({ username: z.string().min(1) }) }) })

/**
 * Who acts from this terminal: as the API server knows them (SelfSubjectReview, Kubernetes 1.28 and later), and the user of
 * this machine, since one kubeconfig is often shared. An API server that doesn't say it holds nothing up.
 */
export async function whoAmI(cluster: Pick<Cluster, 'create'>): Promise<string> {
  const here = userInfo().username
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: { name: '' } }
  try {
    const { username } = answer.parse(await cluster.create(body)).status.userInfo
    return `${username} (${here})`
  } catch {
    return here
  }
}
