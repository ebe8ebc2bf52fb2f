const key = 'meshferry-theme'

/** Puts back what this visitor chose; without a choice the system's own colours count. */
export function rememberedTheme(): void {
  const chosen = localStorage.getItem(key)
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen
}

/** Changes from light to dark or back. */
export function nextTheme(): void {
  const { dataset } = document.documentElement
  const isDark =
    dataset['theme'] === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : dataset['theme'] === 'dark'
  dataset['theme'] = isDark ? 'light' : 'dark'
  localStorage.setItem(key, dataset['theme'])
}
