import type { ComponentChildren, VNode } from 'preact'
import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'

type DialogProps = { readonly label: string; readonly onClose: () => void; readonly children?: ComponentChildren }

/** A dialog of the browser's own: focus stays within, Escape closes, and the page behind is out of reach. */
export function Dialog({ label, onClose, children }: DialogProps): VNode {
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = box.current
    if (element !== null && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  const onCancel = (event: Event): void => {
    event.preventDefault()
    onClose()
  }
  return html`<dialog ref=${box} aria-label=${label} onCancel=${onCancel}>${children}</dialog>`
}
