// Makes a fresh clone ready with nothing but the system's Node ≥ 20 and git: dependencies, Node 24, a Redis for tests.
import { setUp } from './lib/setup.mjs'

await setUp({ redis: true })
