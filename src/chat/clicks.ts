import { ACTIONS } from './action-ids.ts'
import type { Desk } from './asker.ts'
import { onCardClick } from './card-clicks.ts'
import type { Click } from './click.ts'
import { help, runCommand } from './commands.ts'
import { onLanguageChosen } from './home-clicks.ts'
import type { Outbox } from './outbox.ts'
import { showStatus } from './read-answers.ts'
import { onRunClick } from './run-clicks.ts'
import { onSidecarChosen, onSidecarClick } from './sidecar-clicks.ts'
import { onRestartCancelled } from './restart-cancel.ts'
import { onRestartChosen, onRestartClick } from './restart-clicks.ts'
import { onTeamClick } from './team-clicks.ts'
import { onUpgradeChanged } from './upgrade-form.ts'

type Handler = (desk: Desk, outbox: Outbox, click: Click) => Promise<void>

/** Every button has its handler here; a test compares this list with what the views draw. */
export const CLICKS: Readonly<Record<string, Handler>> = {
  [ACTIONS.approve]: onCardClick,
  [ACTIONS.reject]: onCardClick,
  [ACTIONS.start]: onCardClick,
  [ACTIONS.plan]: onCardClick,
  [ACTIONS.reask]: onCardClick,
  [ACTIONS.undo]: onRunClick,
  [ACTIONS.stop]: onRunClick,
  [ACTIONS.resume]: onRunClick,
  [ACTIONS.status]: (desk, _, click) => status(desk, click, false),
  [ACTIONS.refresh]: (desk, _, click) => status(desk, click, true),
  [ACTIONS.acknowledge]: (desk, _, click) => runCommand(desk, click, click.value, click.trigger),
  [ACTIONS.helpRun]: (desk, _, click) => runCommand(desk, click, click.value, click.trigger),
  [ACTIONS.helpOpen]: (desk, _, click) => help(desk, click),
  [ACTIONS.open]: async () => {},
  [ACTIONS.tellPlatform]: onTeamClick,
  [ACTIONS.teamMore]: onTeamClick,
  [ACTIONS.snooze]: onTeamClick,
  [ACTIONS.notOurs]: onTeamClick,
  [ACTIONS.sendNudges]: onTeamClick,
  [ACTIONS.sidecar]: onSidecarClick,
  [ACTIONS.sidecarWhich]: (desk, _, click) => onSidecarChosen(desk, click),
  [ACTIONS.restart]: onRestartClick,
  [ACTIONS.restartLater]: onRestartClick,
  [ACTIONS.restartChoose]: (desk, _, click) => onRestartChosen(desk, click),
  [ACTIONS.restartCancel]: (desk, outbox, click) => onRestartCancelled(desk, outbox, click),
  [ACTIONS.homeLanguage]: (desk, _, click) => onLanguageChosen(desk, click),
  [ACTIONS.homeRefresh]: ({ home }, _, click) => home.publish(click.user, click.view?.hash),
  [ACTIONS.upgradeCluster]: (desk, _, click) => onUpgradeChanged(desk, click),
  [ACTIONS.upgradeVersion]: (desk, _, click) => onUpgradeChanged(desk, click),
}

async function status(desk: Desk, click: Click, replace: boolean): Promise<void> {
  const all = desk.chat.settings.clusters.map((each) => each.name)
  await showStatus(desk, click, all.includes(click.value) ? [click.value] : all, replace)
}
