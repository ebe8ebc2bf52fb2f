import { messageOf } from '../../kernel/errors.ts'
import { sleep } from '../../kernel/retry.ts'
import type { Story, StoryStage } from '../../sandbox/stories/story.ts'
import { CHANNEL, CLUSTER } from './demo-file.ts'
import type { Demo } from './start-demo.ts'

const READY_MS = 30_000

/** Plays a story in its world, once a worker leads. Null when it ended as told, else what did not. */
export async function playStory(
  { world, play }: Story,
  demo: Demo,
  pace: Pick<StoryStage, 'fast' | 'cue'>,
): Promise<string | null> {
  const end = Date.now() + READY_MS
  while (!demo.workers.leads() && Date.now() < end) await sleep(50)
  try {
    await play({ ...demo, ...pace, mesh: demo.live.mesh, world, cluster: CLUSTER, channel: CHANNEL })
    return null
  } catch (error) {
    return messageOf(error)
  }
}
