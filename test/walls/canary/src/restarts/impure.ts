export const now = Date.now()
export const date = new Date(0)
export const luck = Math.random()
export const home = process.env.HOME
export const later = setTimeout(() => undefined, 1)
export const often = setInterval(() => undefined, 1)
export const answer = fetch('http://127.0.0.1')
