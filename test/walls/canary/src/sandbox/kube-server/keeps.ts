import { render } from '../istio/render.ts'
import { clock } from '../../kernel/clock.ts'
