import type { Refused } from './wire-refused.ts'
import { META } from './wire-stage.ts'

/** Lists and watches that are refused for what they ask of it. */
export const REFUSED_LISTS: readonly Refused[] = [
  {
    name: 'a field that cannot be selected by',
    ask: ({ maps }) => ['GET', `${maps}?fieldSelector=data.a%3D1`],
    status: 400,
    reason: 'BadRequest',
    message: '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
  },
  {
    name: 'a field of pods that cannot',
    ask: ({ pods }) => ['GET', `${pods}?fieldSelector=spec.priority%3D1`],
    status: 400,
    reason: 'BadRequest',
    message: 'field label not supported: spec.priority',
  },
  {
    name: 'a selector that is none',
    ask: ({ maps }) => ['GET', `${maps}?labelSelector=a%3Db%3Dc`],
    status: 400,
    reason: 'BadRequest',
    message: "found '=', expected: ',' or 'end of string'",
  },
  {
    name: 'a limit that is none',
    ask: ({ maps }) => ['GET', `${maps}?limit=abc`],
    status: 400,
    reason: 'BadRequest',
    message: 'strconv.ParseInt: parsing "abc": invalid syntax',
  },
  {
    name: 'a version that is none',
    ask: ({ maps }) => ['GET', `${maps}?resourceVersion=abc`],
    status: 400,
    reason: 'BadRequest',
    message:
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
  },
  {
    name: 'how to match no version',
    ask: ({ maps }) => ['GET', `${maps}?resourceVersionMatch=Exact`],
    status: 422,
    reason: 'Invalid',
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  },
  {
    name: 'first events at any version',
    ask: ({ maps }) => ['GET', `${maps}?watch=true&sendInitialEvents=true`],
    status: 422,
    reason: 'Invalid',
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
  },
  {
    name: 'a list as one object',
    ask: ({ maps }) => ['GET', maps, { accept: META.one }],
    status: 406,
    reason: 'NotAcceptable',
    message: 'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)',
  },
]
