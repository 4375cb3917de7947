import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';
import { violationInActor } from '#xapi/statement/rules/apply-rules.ts';
import type { Agent } from '#xapi/statement/statement.ts';

/**
 * What the schema of an agent cannot say: that it has exactly one identifier.
 *
 * @param path from the root of the body
 * @throws XapiError `body-invalid`
 */
export function checkAgent(agent: Agent, path: string): void {
  const violation = violationInActor(agent, path);
  if (violation === undefined) return;
  const { message, expected, received } = violation;
  throw new XapiError({
    code: 'body-invalid',
    message,
    path: violation.path,
    expected,
    received: received === undefined ? 'nothing' : shorten(received),
  });
}
