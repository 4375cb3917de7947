import { checkAgent } from '#access/check-records.ts';
import { agentParameter } from '#http/parameters/agent-parameter.ts';
import { readParameters, requireParameter } from '#http/parameters/read-parameters.ts';
import { taggedJsonReply } from '#http/reply.ts';
import { type AuthorizedResourceDeps, createResource, type GatewayHandler } from '#http/resource.ts';
import type { PersonStore } from '#storage/person-store.ts';
import { personOf } from '#xapi/agent/person.ts';
import { XapiError } from '#xapi/errors.ts';

export interface AgentsDeps extends AuthorizedResourceDeps {
  readonly persons: PersonStore;
}

/** The Agents Resource: the Person behind an Agent (xAPI 1.0.3, Communication 2.4; xAPI 2.0, 4.1.6.3). */
export function createHandler(deps: AgentsDeps): GatewayHandler {
  return createResource(
    'agents',
    {
      GET: async ({ parameters, version, principal }) => {
        const values = readParameters(parameters, ['agent']);
        const { actor, ifi } = agentParameter('agent', requireParameter(values, 'agent'), version);
        if (actor.objectType === 'Group') throw notAnAgent();
        if (principal.limits !== undefined) checkAgent(principal.limits, { agent: ifi });
        const person = personOf(actor, await deps.persons.names(principal.store, ifi));
        return taggedJsonReply(JSON.stringify(person));
      },
    },
    deps,
  );
}

function notAnAgent(): XapiError {
  return new XapiError({
    code: 'parameter-invalid',
    message: 'The parameter "agent" is a group, which is no person.',
    path: 'agent',
    expected: 'an Agent as JSON',
    section: 'xAPI 1.0.3, Communication 2.4; xAPI 2.0, 4.1.6.3',
  });
}
