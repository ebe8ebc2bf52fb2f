import { stripVTControlCharacters } from 'node:util'

const MAX_LINES = 2000
const MAX_STDOUT = 16 * 1024 * 1024
const MAX_LINE = 4000

export type LineSink = { readonly take: (text: string) => void; readonly end: () => void }

/**
 * Cuts output into lines as a person would have seen them: colours removed, and of a line that a spinner rewrote with
 * carriage returns only the last form. Repeats of the line before are dropped: spinners draw the same words again.
 */
export function lineSink(onLine: (line: string) => void): LineSink {
  let rest = ''
  let before = ''
  const emit = (raw: string): void => {
    const line = (stripVTControlCharacters(raw).replace(/\r+$/, '').split('\r').pop() ?? '').trimEnd()
    if (line === '' || line === before) return
    before = line
    onLine(line.slice(0, MAX_LINE))
  }
  return {
    take(text) {
      const parts = (rest + text).split('\n')
      rest = (parts.pop() ?? '').slice(-MAX_LINE * 16)
      parts.forEach(emit)
    },
    end() {
      emit(rest)
      rest = ''
    },
  }
}

/** Keeps the last lines only, so that a child that never stops talking can't fill the memory. */
export function lastLines(): { readonly add: (line: string) => void; readonly all: () => readonly string[] } {
  let kept: string[] = []
  return {
    add(line) {
      kept.push(line)
      if (kept.length > MAX_LINES * 2) kept = kept.slice(-MAX_LINES)
    },
    all: () => kept.slice(-MAX_LINES),
  }
}

/** Raw standard output (rendered manifests, JSON) up to 16 MiB; what is beyond is cut, never held. */
export function boundedText(): { readonly add: (text: string) => void; readonly text: () => string } {
  const parts: string[] = []
  let size = 0
  return {
    add(text) {
      if (size >= MAX_STDOUT) return
      parts.push(text.slice(0, MAX_STDOUT - size))
      size += text.length
    },
    text: () => parts.join(''),
  }
}
