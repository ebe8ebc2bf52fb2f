import type { KubeObject, WebhookConfiguration } from '../istio/objects.ts'

/**
 * Services outside the Istio namespace that injectors point at: by what an entry says, since a poisoned or foreign
 * injector is found by its Service and not by its name. Only webhooks on pods can inject, others aren't followed.
 */
export function foreignServices(
  configurations: readonly KubeObject[],
  istioNamespace: string,
): readonly { readonly namespace: string; readonly name: string }[] {
  const named = configurations
    .flatMap((one) => (one as WebhookConfiguration).webhooks ?? [])
    .filter((entry) => (entry.rules ?? []).some((rule) => covers(rule.resources, 'pods')))
    .flatMap((entry) => entry.clientConfig.service ?? [])
    .filter((service) => service.namespace !== istioNamespace)
  return [...new Map(named.map(({ namespace, name }) => [`${namespace}/${name}`, { namespace, name }])).values()]
}

/** Whether a rule's list names a resource, itself or by a star. */
export function covers(list: readonly string[] | undefined, wanted: string): boolean {
  return (list ?? []).some((one) => one === wanted || one === '*' || one === '*/*')
}
