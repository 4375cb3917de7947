import type { RecordOwner } from '#access/check-records.ts';
import type { Limits } from '#access/limits.ts';
import { agentParameter } from '#http/parameters/agent-parameter.ts';
import { iriParameter, uuidParameter } from '#http/parameters/parameter-values.ts';
import { requireParameter } from '#http/parameters/read-parameters.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { DocumentResource, DocumentScope } from '#storage/document-store.ts';
import type { Ifi } from '#xapi/agent/ifi.ts';
import { XapiError } from '#xapi/errors.ts';
import type { XapiVersion } from '#xapi/version.ts';

/** The parameters that say what documents belong to. */
type OwnerParameter = 'activityId' | 'agent' | 'registration';

export type DocumentParameter = OwnerParameter | 'stateId' | 'profileId' | 'since';

export type DocumentParameters = Partial<Readonly<Record<DocumentParameter, string>>>;

/** What the three document resources differ in (xAPI 1.0.3, Communication 2.2). */
export interface DocumentRules {
  readonly resource: DocumentResource;
  /** The parameter with the id of a document. */
  readonly idParameter: 'stateId' | 'profileId';
  readonly ownerParameters: readonly OwnerParameter[];
  /** @throws XapiError `not-permitted` for documents beyond the limits of a token */
  readonly checkLimits: (limits: Limits, owner: RecordOwner, access: 'read' | 'write') => void;
  /** Whether DELETE without an id deletes all documents of the owner. */
  readonly deletesAll: boolean;
}

/**
 * Reads what the documents belong to: all owner parameters are required, but for the registration. Before anything is
 * looked up: a refusal by limits must not tell what there is.
 */
export function readScope(
  rules: DocumentRules,
  parameters: DocumentParameters,
  { version, principal: { store, limits } }: Pick<AuthorizedRequest, 'version' | 'principal'>,
  access: 'read' | 'write',
): DocumentScope {
  const { resource, ownerParameters, checkLimits } = rules;
  const owner: Partial<Record<OwnerParameter, string>> = {};
  for (const name of ownerParameters) {
    const value = readOwner(name, parameters, version);
    if (value !== undefined) owner[name] = value;
  }
  if (limits !== undefined) checkLimits(limits, owner, access);
  const { activityId, agent, registration } = owner;
  return {
    store,
    resource,
    owner: [activityId, agent].filter((value) => value !== undefined),
    ...(registration !== undefined && { registration }),
  };
}

function readOwner(name: OwnerParameter, parameters: DocumentParameters, version: XapiVersion): string | undefined {
  if (name === 'registration') {
    return parameters.registration === undefined ? undefined : uuidParameter(name, parameters.registration);
  }
  const value = requireParameter(parameters, name);
  return name === 'agent' ? agentOwner(value, version) : iriParameter(name, value);
}

/** In 1.0.3 only an Agent (Communication 2.3 and 2.6), in 2.0 an Identified Group, too. */
function agentOwner(value: string, version: XapiVersion): Ifi {
  const { actor, ifi } = agentParameter('agent', value, version);
  if (version === '2.0.0' || actor.objectType !== 'Group') return ifi;
  throw new XapiError({
    code: 'parameter-invalid',
    message: 'The parameter "agent" is a group: send its identifier in an Agent.',
    path: 'agent',
    expected: 'an Agent as JSON',
    section: 'xAPI 1.0.3, Communication 2.6',
  });
}
