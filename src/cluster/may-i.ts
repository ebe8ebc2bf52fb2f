import { z } from 'zod'
import type { AccessRight } from '../ports/cluster.ts'
import type { KubeHttp } from './kube-http.ts'

const PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
const answer = z.object({ status: z.object({ allowed: z.boolean() }) })

/** Asks the API server whether we hold a right (SelfSubjectAccessReview: everybody may ask; nothing is stored). */
export async function mayI(http: KubeHttp, { verb, group, resource, namespace }: AccessRight): Promise<boolean> {
  const [plural, subresource] = resource.split('/')
  const resourceAttributes = {
    verb,
    group,
    resource: plural,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
  }
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }
  return answer.parse(await http.json({ method: 'POST', path: PATH, body })).status.allowed
}
