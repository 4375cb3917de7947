import { expectStatus, pageIn } from '#bench/load/checks.ts';
import type { Answer } from '#bench/load/lrs-client.ts';

const NAME = '"more"';
/** Bytes of a link that is looked for at the beginning. */
const LONGEST = 4_096;
/** Members of the page itself: behind what a statement has, more than one brace is closed. */
const FIRST_MEMBER = /^\s*\{\s*"more"\s*:\s*(?<link>"[^"\\]*(?:\\.[^"\\]*)*")/u;
const LAST_MEMBER = /^"more"\s*:\s*(?<link>"[^"\\]*(?:\\.[^"\\]*)*")\s*\}\s*$/u;

/**
 * The link to the next page; empty where nothing follows. Where it is the first member of the page or the last, the page is
 * not parsed.
 *
 * @throws WrongAnswer when the answer is no page
 */
export function moreIn(answer: Answer): string {
  expectStatus(answer, 200);
  const link = linkIn(FIRST_MEMBER, answer.body.subarray(0, LONGEST)) ?? linkIn(LAST_MEMBER, behind(answer.body));
  return link === undefined ? pageIn(answer).more : String(JSON.parse(link));
}

function linkIn(pattern: RegExp, part: Buffer): string | undefined {
  return pattern.exec(part.toString())?.groups?.['link'];
}

/** From the last member of this name on. */
function behind(body: Buffer): Buffer {
  const at = body.lastIndexOf(NAME);
  return body.subarray(at === -1 ? body.length : at);
}
