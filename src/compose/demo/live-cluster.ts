import type { SandboxCalendar } from '../../sandbox/clock/calendar.ts'
import { startControllers } from '../../sandbox/kube-server/controllers/start-controllers.ts'
import type { KubeServer } from '../../sandbox/kube-server/server.ts'
import { WORKER_ACCOUNT } from '../../sandbox/trouble/touches.ts'
import { watchMesh, type WatchedPlan } from '../../sandbox/world/watch-mesh.ts'
import type { LiveWorld } from './demo-world.ts'

/** Lets a seeded cluster run by itself, and looks at it. */
export function liveCluster(kube: KubeServer, plan: WatchedPlan, calendar: SandboxCalendar): LiveWorld {
  const controllers = startControllers(kube, { calendar: calendar.now })
  const watch = watchMesh(kube, plan, calendar, WORKER_ACCOUNT)
  return {
    mesh: watch.view,
    isShopOpen: () => watch.shopHealth() === 200,
    stop: () => {
      watch.stop()
      controllers.stop()
    },
  }
}
