import { spawn } from 'node:child_process'

/** A line at least this often while something runs in silence, so that nobody takes it for hung. */
const quietMs = 4_000

/**
 * Runs a command by argument list and prints a line every four seconds until it ends. Its own output is kept and only
 * given back, for the message should it fail.
 * @param {string} label
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runWithProgress(label, command, args, options = {}) {
  const started = Date.now()
  console.log(`${label} …`)
  const beat = setInterval(() => console.log(`${label} … ${seconds(started)}`), quietMs)
  const result = await collect(command, args, options)
  clearInterval(beat)
  console.log(`${label}: ${result.code === 0 ? 'done' : 'failed'} after ${seconds(started)}`)
  return result
}

/**
 * Runs a command with this process' own input and output, passes on the signals that end it, and gives its exit code
 * (128 + n for a signal's end is simplified to 1).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runInherited(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' })
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', pass).on('SIGTERM', pass)
    const end = (/** @type {number} */ code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      end(127)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/**
 * Runs a command and gives back its exit code and whatever it printed; 127 when it can't be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function collect(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-200_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** @param {number} started epoch ms */
export function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`
}
