/**
 * Redis keys. The part in braces is what Redis Cluster hashes, so that all keys of one cluster, and all of the bot's, lie
 * on one node and a script may touch several; an ACL user per cluster needs one pattern.
 */
export function clusterKey(cluster: string, name: string): string {
  return `{mf-${cluster}}:${name}`
}

export function botKey(name: string): string {
  return `{mf-bot}:${name}`
}
