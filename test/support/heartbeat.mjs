/**
 * A jest reporter that names what still runs when nothing was reported for a while, so that nobody takes it for hung; and
 * that ends jest, saying why, when something a test left open would keep it for ever.
 */
const quietMs = 4_500
const graceMs = 5_000

export default class Heartbeat {
  #running = new Set()
  #last = Date.now()
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  onRunStart() {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#beat(), 500).unref()
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
    setTimeout(() => this.#end(), graceMs).unref()
  }

  /** Jest sets the exit code that the results deserve when the process exits. */
  #end() {
    const open = [...new Set(process.getActiveResourcesInfo())].join(', ')
    process.stderr.write(`The tests ended, but left something open (${open}); jest is ended.\n`)
    process.exit()
  }

  #beat() {
    if (Date.now() - this.#last < quietMs || this.#running.size === 0) return
    this.#last = Date.now()
    const names = [...this.#running].map((path) => path.split('/').slice(-2).join('/'))
    process.stderr.write(`still running: ${names.join(', ')}\n`)
  }
}
