import { kernel } from '../kernel/kernel.ts'
import { wire } from '../wire/wire.ts'
import { istio } from '../istio/istio.ts'
