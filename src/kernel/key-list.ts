/** The keys of a text that holds one, or two while rotating, with spaces, commas or lines between them. */
export function keyList(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((key) => key !== '')
}
