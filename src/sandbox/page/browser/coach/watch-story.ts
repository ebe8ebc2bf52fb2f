import { watch, type Coaching, type CoachState } from './coaching.ts'

/** The cast plays a story: nothing is asked of the visitor. */
export function watchStory({ page: { story } }: CoachState): Coaching | null {
  if (story === null) return null
  const title = `The story “${story.name}”`
  if (story.state === 'plays') return watch(`${title}, played by its cast; you watch. ${story.says}`)
  if (story.state === 'failed') return watch(`${title}: ${story.says}`)
  return watch(`${title} has ended as told: ${story.about}. What comes now is yours.`)
}
