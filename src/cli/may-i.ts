import { z } from 'zod'
import type { Cluster } from '../ports/cluster.ts'
import type { Right } from './needed-rights.ts'

const answer = z.object({ status: z.object({ allowed: z.boolean() }) })

/** Asks the API server whether we hold a right (SelfSubjectAccessReview: everybody may ask; nothing is stored). */
export async function mayI(cluster: Pick<Cluster, 'create'>, right: Right): Promise<boolean> {
  const { verb, group, namespace } = right
  const [resource, subresource] = right.resource.split('/')
  const resourceAttributes = {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
  }
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: { name: '' },
    spec: { resourceAttributes },
  }
  return answer.parse(await cluster.create(body)).status.allowed
}
