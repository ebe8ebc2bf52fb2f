/** How a team redeploys what another tool keeps. */
export const keeperPhrasesEn = {
  teamKept:
    'Kept by {tools}: a plain `kubectl rollout restart` may be taken back there, which restarts the pods twice. Use the command as it stands here.',
  teamThroughTool: '{kind} {namespace}/{name}: redeploy it through {tool}, which keeps it.',
} as const
