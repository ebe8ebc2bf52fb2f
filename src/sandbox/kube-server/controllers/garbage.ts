import type { KubeObject } from '../kube-object.ts'
import { textAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import { removePod } from './controller.ts'

/**
 * Collects what has lost its owner: the dependents of an object that went by whatever way, and objects that come with an
 * owner who is already gone (something restored from a backup). The pods of a Node that went go too.
 */
export function garbageController(hands: Hands): Controller {
  const came = new Map<string, KubeObject>()
  return {
    name: 'garbage',
    concerns: ({ type, object, resource }) => {
      const uid = object.metadata.uid ?? ''
      if (type === 'DELETED') {
        came.delete(uid)
        return resource === 'nodes' ? [`node ${object.metadata.name}`] : [`of ${uid}`]
      }
      if (type !== 'ADDED' || !object.metadata.ownerReferences?.length) return []
      came.set(uid, object)
      return [`came ${uid}`]
    },
    reconcile: (key) => {
      const [what, name = ''] = key.split(' ')
      if (what === 'node') return removePodsOf(hands, name)
      const objects =
        what === 'came' ? [came.get(name)].filter((object) => object !== undefined) : hands.kube.owned(name)
      came.delete(name)
      for (const object of objects) hands.kube.collect(object)
    },
  }
}

function removePodsOf(hands: Hands, node: string): void {
  for (const pod of hands.kube.list('v1', 'Pod')) {
    if (textAt(pod, 'spec', 'nodeName') === node) removePod(hands, pod)
  }
}
