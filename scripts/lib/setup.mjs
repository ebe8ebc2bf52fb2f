import { ensureDependencies } from './dependencies.mjs'
import { ensureNode24 } from './node24.mjs'
import { ensureRedis } from './redis-install.mjs'

/**
 * Makes a fresh clone ready; at once where it is. A set-up that fails says why in one sentence and ends the process.
 * @param {{ redis: boolean }} needs
 */
export async function setUp({ redis }) {
  try {
    await ensureDependencies()
    await ensureNode24()
    if (redis) await ensureRedis()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
