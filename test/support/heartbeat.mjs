/** A jest reporter that names what still runs when nothing was reported for a while, so that nobody takes it for hung. */
const quietMs = 4_500

export default class Heartbeat {
  #running = new Set()
  #last = Date.now()
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  onRunStart() {
    this.#timer = setInterval(() => this.#beat(), 500)
  }

  /** @param {{ path: string }} test */
  onTestFileStart(test) {
    this.#running.add(test.path)
  }

  /** @param {{ path: string }} test */
  onTestFileResult(test) {
    this.#running.delete(test.path)
    this.#last = Date.now()
  }

  onRunComplete() {
    clearInterval(this.#timer)
  }

  #beat() {
    if (Date.now() - this.#last < quietMs || this.#running.size === 0) return
    this.#last = Date.now()
    const names = [...this.#running].map((path) => path.split('/').slice(-2).join('/'))
    process.stderr.write(`still running: ${names.join(', ')}\n`)
  }
}
