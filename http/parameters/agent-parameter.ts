import { ifiOf, type Ifi } from '#xapi/agent/ifi.ts';
import { validateAgent } from '#xapi/agent/validate-agent.ts';
import { XapiError } from '#xapi/errors.ts';
import type { JsonValue } from '#xapi/json/json-value.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { shorten } from '#xapi/shorten.ts';
import type { Actor } from '#xapi/statement/statement.ts';
import type { XapiVersion } from '#xapi/version.ts';

export interface IdentifiedActor {
  readonly actor: Actor;
  readonly ifi: Ifi;
}

/**
 * @param value JSON: an Agent or an Identified Group
 * @throws XapiError `parameter-invalid`
 */
export function agentParameter(name: string, value: string, version: XapiVersion): IdentifiedActor {
  const actor = validateAgent(parse(name, value), version, name);
  const ifi = ifiOf(actor);
  if (ifi === undefined) throw invalid(name, value, `The parameter "${name}" is a group without an identifier.`);
  return { actor, ifi };
}

function parse(name: string, value: string): JsonValue {
  try {
    return parseJson(value).value;
  } catch (cause) {
    if (!(cause instanceof XapiError)) throw cause;
    throw invalid(name, value, `The parameter "${name}" is not JSON.`, cause);
  }
}

function invalid(name: string, value: string, message: string, cause?: XapiError): XapiError {
  return new XapiError(
    {
      code: 'parameter-invalid',
      message,
      path: name,
      expected: 'an Agent or an Identified Group as JSON',
      received: shorten(value),
      section: 'xAPI 1.0.3, Communication 2; xAPI 2.0, 4.1.6',
    },
    { cause },
  );
}
