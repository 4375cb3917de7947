import { expectStatus, pageIn } from '#bench/load/checks.ts';
import type { Answer } from '#bench/load/lrs-client.ts';

const NAME = '"more"';
const NOTHING = Buffer.alloc(0);
/** Bytes of a link that is looked for at the beginning. */
const LONGEST = 4_096;
/** Members of the page itself: behind what a statement has, more than one brace is closed. */
const FIRST_MEMBER = /^\s*\{\s*"more"\s*:\s*(?<link>"[^"\\]*(?:\\.[^"\\]*)*")/u;
const LAST_MEMBER = /^"more"\s*:\s*(?<link>"[^"\\]*(?:\\.[^"\\]*)*")\s*\}\s*$/u;

/**
 * The link to the next page; empty where nothing follows. Where it is the first member of the page or the last, the page is
 * neither put together nor parsed, because this is timed.
 *
 * @throws WrongAnswer when the answer is no page
 */
export function moreIn(answer: Answer): string {
  expectStatus(answer, 200);
  const [first, last] = [answer.parts.at(0) ?? NOTHING, answer.parts.at(-1) ?? NOTHING];
  const link = linkIn(FIRST_MEMBER, first.subarray(0, LONGEST)) ?? linkIn(LAST_MEMBER, behind(last));
  return link === undefined ? pageIn(answer).more : String(JSON.parse(link));
}

function linkIn(pattern: RegExp, part: Buffer): string | undefined {
  return pattern.exec(part.toString())?.groups?.['link'];
}

/** From the last member of this name on. */
function behind(part: Buffer): Buffer {
  const at = part.lastIndexOf(NAME);
  return part.subarray(at === -1 ? part.length : at);
}
