import { connect } from 'node:net'

/** Sends Redis one inline command and gives the first line of its answer; throws when it doesn't answer within a second. */
export function redisSays(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.setTimeout(1000, () => socket.destroy(new Error(`Redis on port ${port} does not answer.`)))
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`Redis on port ${port} hung up.`)))
  })
}
