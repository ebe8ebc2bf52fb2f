import type { Catalogue } from '../sentence.ts'

/** Injectors, tags and what preflight finds. */
export const injectionEn = {
  INJECTOR_POISONED: [
    'The injector {object} of revision {revision} leads elsewhere: {entries} → {services}, expected {expected}.',
    'Mend or remove that object first: going back through it would not work.',
  ],
  DEFAULT_INJECTION_UNCLEAR: [
    'It is not clear who injects by default ({why}: {objects} → {leadsTo}).',
    'Leave exactly one injector for istio-injection=enabled, then ask again.',
  ],
  TAG_BROKEN: ['Tag {tag} ({object}) leads to no revision: {services}.', 'Mend or remove the tag first.'],
  TAG_MISMATCH: [
    'Tag {tag} ({object}) says {label} but leads to {services}.',
    'Set the tag again, so that both agree.',
  ],
  CONTROL_PLANE_MISSING: [
    'Revision {revision} has no control plane that can be found.',
    'Check its Deployment and Service.',
  ],
  CA_BUNDLE_MISSING: [
    'Revision {revision} has no CA in its injector yet.',
    'Wait until its istiod is ready, then ask again.',
  ],
  CA_BUNDLES_DIFFER: [
    'The revisions {from} and {to} do not share one root CA: their pods would not trust each other.',
    'Give both the same root before switching.',
  ],
  NOTHING_TO_SWITCH: [
    'Nothing leads to {from}, so there is nothing to switch to {to}.',
    'See the status: new pods may get {to} already.',
  ],
} as const satisfies Partial<Catalogue>
