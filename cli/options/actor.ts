import type { JsonObject } from '#cli/api/json.ts';
import { isJsonObject } from '#cli/api/json.ts';
import { wrongUsage } from '#cli/failure.ts';

const RULE = 'mailto:ann@example.com, or an xAPI agent as JSON: {"account":{"homePage":"…","name":"…"}}';

/**
 * An agent of the xAPI. Whether it is a valid one, the LRS says.
 *
 * @throws Failure 2
 */
export function readAgent(option: string, text: string): JsonObject {
  if (/^mailto:[^\s@]+@[^\s@]+$/u.test(text)) return { mbox: text };
  const agent = text.startsWith('{') ? parse(text) : undefined;
  if (agent !== undefined) return agent;
  throw wrongUsage(`${option} is ${JSON.stringify(text)}; it has to be ${RULE}.`);
}

/** @param words home page and name. @throws Failure 2 */
export function readAccount(option: string, words: readonly string[]): JsonObject {
  const [homePage, name, ...more] = words;
  if (homePage === undefined || name === undefined || more.length > 0) {
    throw wrongUsage(`${option} takes two values, a home page and a name: ${option} https://lms.example.com ann`);
  }
  return { account: { homePage, name } };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
