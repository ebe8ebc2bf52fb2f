import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RigOptions } from '../../support/rig.ts'

type Probe = NonNullable<RigOptions['probes']>[number]

/** A page of a tenant's which answers as it is told, and how Meshferry asks it: ten times a second, no failure forgiven. */
export type Shop = { status: number; readonly probe: Probe; readonly close: () => void }

export async function aShop(): Promise<Shop> {
  const shop = { status: 200 }
  const server = createServer((_, response) => void response.writeHead(shop.status).end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`
  const probe: Probe = { name: 'shop', url, everyMs: 100, windowMs: 60_000, allowed: 0 }
  return Object.assign(shop, { probe, close: () => void server.close() })
}
