/** Codes of restarts that owners click. Part of codes.ts. */
export const RESTART_CODES = [
  'RESTARTS_OFF', // owners may restart nothing in this cluster
  'TEAM_HAS_NO_MEMBERS', // nobody is listed who may restart a team's workloads
  'NOT_OF_THE_TEAM', // somebody of another team clicked a restart
  'RESTART_NOT_LEFT', // the workload is none that is left to be moved
  'RESTART_IN_VAIN', // a restart would not move it
  'RESTART_UNDER_WAY', // it is being restarted, or a time was picked
  'RESTART_BY_ITS_TOOL', // a tool keeps it: how it is restarted there
  'RESTART_INSIDE_ITS_TOOL', // a tool keeps it, and by which command it is restarted there can't be told
  'RESTART_RIGHTS_MISSING', // the worker may not restart
  'RESTART_SHOWN', // what a restart would mean
  'RESTART_DIALOG_LAPSED', // a dialog that was open too long
  'RESTART_TIME_AWAY', // a picked time that is past, or far away
  'RESTART_TIME_CLOSED', // a picked time outside of working hours
  'RESTART_TIME_LATE', // a picked time after the deadline
  'RESTART_ASKED', // recorded: an owner restarts a workload
  'RESTART_PLANNED', // recorded: an owner picked a time
  'RESTART_WRITTEN', // audit: the one write of a restart was made
  'RESTART_DONE', // audit: a restarted workload is healthy
  'RESTART_FAILED', // audit: a restart came to no good end
  'RESTART_DROPPED', // audit: a picked time was dropped
  'RESTART_CHANGED', // the workload is not as it was shown
  'RESTART_GONE', // the workload is not there, or made anew
  'RESTART_OVERTAKEN', // somebody else changed it during the restart
  'RESTART_STUCK', // Kubernetes gave the rollout up
  'RESTART_SLOW', // it is not healthy after a long time
  'RESTART_NOT_NEEDED', // it moved by itself before the picked time
  'RESTART_MISSED', // nothing could begin at the picked time
  'RESTART_TURNED', // the upgrade goes the other way since
  'RESTART_TAKEN_BACK', // somebody of the team took the picked time back
  'RESTART_TAKEN_BACK_ALREADY', // somebody else of the team was quicker to take it back
  'RESTART_TAKE_BACK_ASKED', // audit: somebody clicked to take a picked time back
  'RESTART_NO_TIME', // nothing is stored of a picked time that is to be taken back
  'RESTART_BEGUN', // a picked time can't be taken back: it began
  'RESTART_OVER_WELL', // the same: it was restarted
  'RESTART_OVER_BADLY', // the same: its restart failed
  'RESTART_OVER_UNDONE', // the same: it was dropped
  'RESTART_LAPSED', // its write was due too long ago
] as const
