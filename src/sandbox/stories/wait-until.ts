import { sleep } from '../../kernel/retry.ts'
import { must } from './story.ts'

/** Looks again and again; throws what was told when it isn't so in time. */
export async function waitUntil(
  told: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await isSo())) {
    must(Date.now() < end, told)
    await sleep(50)
  }
}
