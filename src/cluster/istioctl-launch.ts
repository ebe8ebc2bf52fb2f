import { closeSync, readSync } from 'node:fs'

/**
 * The gate in front of istioctl. The child is started as this program, whose pid and start time the journal can record;
 * it becomes istioctl (execve keeps both) only once the worker has sent one byte. A worker that dies first closes the
 * pipe, and the gate ends without having done anything. No shell, no race: a SIGSTOP could come after the first request.
 */
const NOT_LET_IN = 125

function waitForByte(): boolean {
  const byte = new Uint8Array(1)
  for (;;) {
    try {
      return readSync(0, byte, 0, 1, null) === 1
    } catch (error) {
      if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EAGAIN') return false
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

const [file, ...args] = process.argv.slice(2)
if (file === undefined || process.execve === undefined || !waitForByte()) {
  closeSync(0)
  process.exit(NOT_LET_IN)
}
process.execve(file, [file, ...args], process.env)
