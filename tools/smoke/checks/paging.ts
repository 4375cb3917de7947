import { describeAnswer, memberIn, type Answer } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { expectStatus } from '../expect-status.ts';
import { aSmokeStatement } from '../smoke-data.ts';
import { idsIn, postStatements } from '../statements.ts';

const STATEMENTS = 5;
const LIMIT = 2;

const CONSEQUENCE = {
  meaning: 'Clients get the first page only, and take it for all there is.',
  advice:
    'The link begins with LRS_BASE_PATH, which the settings basePath and domainMapping make: deploy with those that ' +
    'the endpoint really has, and let no proxy in front change the path.',
};

export const paging: Check = {
  name: 'paging',
  proves: 'more leads from page to page: from the root, with the base path, and to each statement once.',
  run: async (inspection) => {
    const { send, data, verify } = inspection;
    const statements = Array.from({ length: STATEMENTS }, () => aSmokeStatement(data, 'paging'));
    const stored = await postStatements(inspection, statements);
    if (!expectStatus(inspection, stored, 200, CONSEQUENCE)) return;
    const query = { activity: data.activity('paging') };
    if (!(await areVisible(inspection, query))) return;
    const ids: string[] = [];
    let page = await send({ path: '/statements', query: { ...query, limit: String(LIMIT) } });
    for (let pages = 1; pages <= STATEMENTS; pages += 1) {
      ids.push(...idsIn(page));
      const more = memberIn(page, 'more');
      if (more === '' || more === undefined) break;
      const sent = followed(inspection, page, more);
      if (sent === undefined) return;
      page = await send(sent);
      if (!expectStatus(inspection, page, 200, CONSEQUENCE)) return;
    }
    const sent = statements.map(({ id }) => id);
    verify(ids.length === STATEMENTS && sent.every((id) => ids.includes(id)), {
      expected: `each of ${STATEMENTS} statements once, on pages of ${LIMIT}`,
      received: `${ids.length} statements, ${new Set(ids).size} of them different`,
      ...CONSEQUENCE,
    });
  },
};

/** An index follows its table with a delay, which `consistency` measures. */
async function areVisible({ send, sleep, verify, pace }: Inspection, query: Record<string, string>): Promise<boolean> {
  const end = performance.now() + pace.visibility;
  let answer = await send({ path: '/statements', query });
  while (idsIn(answer).length < STATEMENTS && performance.now() < end) {
    await sleep(pace.poll);
    answer = await send({ path: '/statements', query });
  }
  return verify(idsIn(answer).length === STATEMENTS || answer.status >= 500, {
    expected: `a page with all ${STATEMENTS} statements within ${pace.visibility / 1_000} s`,
    received: `${describeAnswer(answer)}, with ${idsIn(answer).length} of them`,
    meaning: 'Who asks for statements does not get those that are there.',
    advice: 'See what consistency says.',
  });
}

/** @returns what to send for the next page; undefined when the link leads elsewhere, which fails the check. */
function followed(
  { endpoint, verify }: Inspection,
  page: Answer,
  more: unknown,
): { readonly path: string; readonly query: string } | undefined {
  const expected = `${endpoint.pathname}/statements`;
  const [path, query = ''] = String(more).split('?');
  const isRight = verify(path === expected, {
    expected: `more as a path from the root: ${expected}?…`,
    received: `${page.request} gave more: ${String(more)}`,
    ...CONSEQUENCE,
  });
  return isRight ? { path: '/statements', query } : undefined;
}
