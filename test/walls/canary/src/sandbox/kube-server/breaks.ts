import { hops } from '../../istio/hops.ts'
