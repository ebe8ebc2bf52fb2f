/** A pod with this annotation set to `true` runs and never becomes ready: a release that can't start. */
export const NEVER_READY = 'sandbox.meshferry.dev/never-ready'
