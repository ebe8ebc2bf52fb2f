import { execa } from 'execa'

/** The addresses of one mesh: `10.<n>.0.0/16` of the namespace's loopback device, so that several meshes can run at once. */
export type AddressRange = {
  /** API servers: `10.n.0.1`, `10.n.0.2`. They keep one port; an EndpointSlice has one port for all its addresses. */
  readonly apiServers: readonly [string, string]
  /** A new address for a pod; `real` puts it on the device, so that it can be listened on. */
  readonly podAddress: (real: boolean) => Promise<string>
  readonly release: (address: string) => Promise<void>
  /** Gives the whole range back. */
  readonly giveBack: () => Promise<void>
}

const FIRST = 100
const LAST = 250

/** Takes the first range that no other mesh of this namespace holds: adding an address twice fails, which makes it a lock. */
export async function takeRange(): Promise<AddressRange> {
  for (let n = FIRST; n <= LAST; n++) {
    if (!(await addAddress(`10.${n}.0.1`))) continue
    await addAddress(`10.${n}.0.2`)
    return rangeOf(n)
  }
  throw new Error('all address ranges of this network namespace are taken')
}

function rangeOf(n: number): AddressRange {
  let last = 0
  const podAddress = async (real: boolean) => {
    last += 1
    const address = `10.${n}.${1 + Math.floor(last / 250)}.${1 + (last % 250)}`
    if (real) await addAddress(address)
    return address
  }
  const release = async (address: string) => {
    await execa('ip', ['addr', 'del', `${address}/32`, 'dev', 'lo'], { reject: false })
  }
  const apiServers = [`10.${n}.0.1`, `10.${n}.0.2`] as const
  const giveBack = async () => {
    await execa('ip', ['addr', 'flush', 'dev', 'lo', 'to', `10.${n}.1.0/16`], { reject: false })
  }
  return { apiServers, podAddress, release, giveBack }
}

async function addAddress(address: string): Promise<boolean> {
  const { failed } = await execa('ip', ['addr', 'add', `${address}/32`, 'dev', 'lo'], { reject: false })
  return !failed
}
