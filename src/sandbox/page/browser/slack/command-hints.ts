import type { DemoPart } from '../../page-state.ts'

export type Hint = { readonly text: string; readonly about: string }

/** What may be sent as a command, as far as it fits what stands in the box; nothing once it is written out. */
export function hintsFor(text: string, { command, cluster, versions }: DemoPart): Hint[] {
  if (!text.startsWith('/')) return []
  const all: readonly Hint[] = [
    {
      text: `${command} upgrade ${cluster} to ${versions.to}`,
      about: 'ask for an upgrade: a plan, then cards to decide on',
    },
    { text: `${command} status ${cluster}`, about: 'where it stands' },
    { text: `${command} stragglers ${cluster}`, about: 'whose pods still run the old sidecar, and why' },
    { text: `${command} approvals`, about: 'what waits for a decision' },
    { text: `${command} stop`, about: 'nothing new starts' },
    { text: `${command} resume`, about: 'go on after a stop' },
    { text: `${command} rollback`, about: 'new pods get the old sidecar again' },
    { text: `${command} report`, about: 'who decided, what was done and proven' },
    { text: `${command} help`, about: 'everything that can be asked' },
  ]
  const fitting = all.filter((hint) => hint.text.startsWith(text.trimEnd()) || text.trim() === command)
  return fitting.some((hint) => hint.text === text.trim()) ? [] : fitting
}
