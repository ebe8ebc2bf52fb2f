import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PageState } from '../../page-state.ts'
import type { Desk } from '../desk.ts'
import { hintsFor } from './command-hints.ts'

type ComposerProps = {
  readonly page: PageState
  readonly desk: Desk
  readonly channel: string
  readonly name: string
  readonly threadTs: string | null
  /** What stands in the box at first. */
  readonly start: string
  /** Whoever opened this wants to write here. */
  readonly wantsFocus: boolean
}

/** What stands in the box once something else is offered: what somebody has written themselves stays. */
export function draftAfter(now: string, offeredBefore: string, offered: string): string {
  return now === offeredBefore ? offered : now
}

/** The hint that an arrow goes to; -1 is none yet, from where one goes to the first or the last. */
export function pickedAfter(picked: number, step: number, count: number): number {
  return picked < 0 && step < 0 ? count - 1 : (picked + step + count) % count
}

/** Where something is written: a message, or a command with hints of what can follow. */
export function Composer({ page, desk, channel, name, threadTs, start, wantsFocus }: ComposerProps): VNode {
  const [text, setText] = useState(start)
  const [picked, setPicked] = useState(-1)
  const [focused, setFocused] = useState(false)
  const offered = useRef(start)
  useEffect(() => {
    const before = offered.current
    offered.current = start
    setText((now) => draftAfter(now, before, start))
  }, [start])
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (wantsFocus) input.current?.focus()
  }, [wantsFocus])
  const hints = focused ? hintsFor(text, page.demo) : []
  const write = (written: string): void => {
    setText(written)
    setPicked(-1)
    setFocused(true)
  }
  const send = (): void => {
    const said = text.trim()
    if (said === '') return
    write('')
    void desk.send(channel, said, threadTs ?? undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const hint = hints[picked]
    if (step !== undefined && hints.length > 0) setPicked(pickedAfter(picked, step, hints.length))
    else if (event.key === 'Escape' && hints.length > 0) setFocused(false)
    else if ((event.key === 'Tab' || event.key === 'Enter') && hint !== undefined) write(hint.text)
    else if (event.key === 'Enter' && !event.isComposing) send()
    else return
    event.preventDefault()
  }
  const label = threadTs === null ? `Message ${name}` : 'Reply'
  const list = threadTs === null ? 'hints' : 'thread-hints'
  return html`<div class="composer">
    ${hints.length > 0 && drawHints(list, hints, picked, write)}
    <div class="composer-box">
      ${drawBox({ input, label, list, text, picked, hints: hints.length, write, onKeyDown, onFocus: setFocused })}
      <button type="button" class="send" disabled=${text.trim() === ''} onClick=${send} aria-label="Send">
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 10 17 3.5 12.5 17l-2.6-5.4z" /></svg>
      </button>
    </div>
  </div>`
}

type Box = {
  readonly input: { current: HTMLInputElement | null }
  readonly label: string
  readonly list: string
  readonly text: string
  readonly picked: number
  readonly hints: number
  readonly write: (text: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (focused: boolean) => void
}

function drawBox({ input, label, list, text, picked, hints, write, onKeyDown, onFocus }: Box): VNode {
  return html`<input
    ref=${input}
    id=${list === 'hints' ? 'write' : undefined}
    aria-label=${label}
    placeholder=${`${label}, or / for commands`}
    role="combobox"
    aria-expanded=${hints > 0}
    aria-autocomplete="list"
    aria-controls=${list}
    aria-activedescendant=${picked >= 0 ? `${list}-${picked}` : undefined}
    autocomplete="off"
    spellcheck=${false}
    value=${text}
    onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => write(currentTarget.value)}
    onFocus=${() => onFocus(true)}
    onBlur=${() => onFocus(false)}
    onKeyDown=${onKeyDown}
  />`
}

type Hints = ReturnType<typeof hintsFor>

function drawHints(list: string, hints: Hints, picked: number, take: (text: string) => void): VNode {
  return html`<ul class="hints" id=${list} role="listbox" aria-label="Commands">
    ${hints.map(
      ({ text, about }, index) =>
        html`<li
          id=${`${list}-${index}`}
          role="option"
          aria-selected=${index === picked}
          onMouseDown=${(event: MouseEvent) => {
            // The box keeps the focus, or the list would be gone before the click.
            event.preventDefault()
            take(text)
          }}
        >
          <b>${text}</b><span>${about}</span>
        </li>`,
    )}
  </ul>`
}
