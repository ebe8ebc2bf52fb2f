import type { World } from './world.ts'

/** The whole chat as readable text, in the order it happened: times in UTC, buttons as `[Label]`, edits as they came. */
export function transcriptOf(world: World): string {
  return world.happenings
    .map(({ at, line, body }) => {
      const indented =
        body === undefined
          ? ''
          : `\n${body
              .split('\n')
              .map((text) => `    ${text}`)
              .join('\n')}`
      return `${new Date(at).toISOString().slice(11, 23)}  ${line}${indented}\n`
    })
    .join('\n')
}
