import type { CommandLine } from './arguments.ts'
import type { Behaviour } from './behaviour.ts'
import type { KubeClient } from './kube-client.ts'

/** One run of the command: what it was asked, how it (mis)behaves, and where it writes. */
export type Session = {
  readonly line: CommandLine
  readonly behaviour: Behaviour
  /** `1.31.0`. */
  readonly version: string
  /** Connects when first called: `version` and `manifest generate` need no cluster. */
  readonly kube: () => KubeClient
  readonly out: (text: string) => void
  /** Progress goes to standard error, as the real one's does. */
  readonly progress: (text: string) => void
  /** Writes a question, and resolves with the next line of standard input; empty at its end. */
  readonly ask: (question: string) => Promise<string>
}

/** A question was answered with no, or by nobody: the real one says so and exits 1. */
export class Cancelled extends Error {}

/** Asks until the answer is one; nothing, and the end of the input, is a no. */
export async function confirmed(session: Session, question: string): Promise<boolean> {
  for (;;) {
    const answer = (await session.ask(question)).trim().toUpperCase()
    if (answer === 'Y' || answer === 'YES') return true
    if (answer === '' || answer === 'N' || answer === 'NO') return false
  }
}

const COLOURS = { green: 32, red: 31, yellow: 33 } as const

/** The text in colour where colours are on. */
export function coloured(behaviour: Behaviour, colour: keyof typeof COLOURS, text: string): string {
  return behaviour.ansi ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text
}

/** Minor of the session's version: rules that changed between releases ask for it. */
export function minor(session: Session): number {
  return Number(session.version.split('.')[1] ?? 0)
}
