import { expectStatus, pageIn } from '#bench/load/checks.ts';
import type { Answer } from '#bench/load/lrs-client.ts';

const NAME = '"more"';
/** The member of the page itself: behind what a statement has, more than one brace is closed. */
const LAST_MEMBER = /^"more"\s*:\s*(?<link>"[^"\\]*(?:\\.[^"\\]*)*")\s*\}\s*$/u;

/**
 * The link to the next page; empty where nothing follows. Where it is the last member of the page, the page is not parsed.
 *
 * @throws WrongAnswer when the answer is no page
 */
export function moreIn(answer: Answer): string {
  expectStatus(answer, 200);
  const at = answer.body.lastIndexOf(NAME);
  const link = at === -1 ? undefined : LAST_MEMBER.exec(answer.body.toString('utf8', at))?.groups?.['link'];
  return link === undefined ? pageIn(answer).more : String(JSON.parse(link));
}
