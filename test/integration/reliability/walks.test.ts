import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { followed, pageIn, walk } from '#test/support/http-client.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';

/** The lengths of the arrays that each writer sends, one after the other; the longest take several transactions. */
const WRITERS = [
  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  [5, 20, 1, 5, 20],
  [120, 1, 120],
] as const;

const TOTAL = WRITERS.flat().reduce((sum, length) => sum + length, 0);

const { lrs, client } = testLrs();

const FILTERS: readonly (readonly [string, (tag: string) => Readonly<Record<string, string>>])[] = [
  ['verb', (tag) => ({ verb: `http://example.com/verbs/${tag}` })],
  ['agent', (tag) => ({ agent: JSON.stringify(anAgent(tag)) })],
  ['related activity', (tag) => ({ activity: anActivity(tag).id, related_activities: 'true' })],
];

describe.each(FILTERS)('a walk by %s through "more" while others write', (_, filterOf) => {
  it('gives the oldest first: up to a moment nothing is added before, in order, with no gap and no repeat', async () => {
    const tag = randomUUID();
    const filter = { ...filterOf(tag), ascending: 'true' };
    const walks = await walkWhileWriting(tag, { ...filter, limit: '10' });
    const inOrder = await walk(client, lrs.url, filter);
    expect(inOrder).toHaveLength(TOTAL);
    for (const { ids, through } of walks) {
      expect(ids).toEqual(inOrder.slice(0, ids.length));
      const promised = await walk(client, lrs.url, { ...filter, until: through });
      expect(ids.slice(0, promised.length)).toEqual(promised);
    }
  });

  it('gives the newest first: all there was at its beginning, in order, with no repeat', async () => {
    const tag = randomUUID();
    const filter = filterOf(tag);
    const walks = await walkWhileWriting(tag, { ...filter, limit: '10' });
    const inOrder = await walk(client, lrs.url, filter);
    expect(inOrder).toHaveLength(TOTAL);
    for (const { before, ids, through } of walks) {
      const seen = new Set(ids);
      expect(ids).toEqual(inOrder.filter((id) => seen.has(id)));
      const promised = await walk(client, lrs.url, { ...filter, until: through });
      expect(ids).toEqual(expect.arrayContaining([...before, ...promised]));
    }
  });
});

interface Walk {
  /** What was acknowledged when the walk began. */
  readonly before: readonly string[];
  readonly ids: readonly string[];
  /** `X-Experience-API-Consistent-Through` of the first page. */
  readonly through: string;
}

/** One walk after the other until nothing is written any more. */
async function walkWhileWriting(tag: string, query: Readonly<Record<string, string>>): Promise<readonly Walk[]> {
  const acknowledged: string[] = [];
  const writers = Promise.all(WRITERS.map((lengths) => write(tag, lengths, acknowledged))).then(() => 'ended');
  const walks: Walk[] = [];
  let state: string;
  do {
    walks.push({ before: [...acknowledged], ...(await walkPages(query)) });
    state = await Promise.race([writers, Promise.resolve('writing')]);
  } while (state === 'writing');
  return walks;
}

async function write(tag: string, lengths: readonly number[], acknowledged: string[]): Promise<void> {
  for (const length of lengths) {
    const statements = Array.from({ length }, () => aWalkedStatement(tag));
    const { status } = await client.post('/statements', statements);
    expect(status).toBe(200);
    acknowledged.push(...statements.map(({ id }) => id));
  }
}

/** A page that says that more follow holds something: clients take an empty one for the end. */
async function walkPages(query: Readonly<Record<string, string>>): Promise<Omit<Walk, 'before'>> {
  const ids: string[] = [];
  const first = await client.getJson('/statements', query);
  for (let answer = first; ;) {
    const { statements, more } = pageIn(answer);
    ids.push(...statements.map(({ id }) => id));
    if (more === '') return { ids, through: String(first.headers['x-experience-api-consistent-through']) };
    expect(statements).not.toEqual([]);
    answer = await client.send(followed(more, lrs.url));
  }
}

function aWalkedStatement(tag: string): ReturnType<typeof aStatement> & { readonly id: string } {
  const statement = aStatement({
    actor: anAgent(tag),
    verb: { id: `http://example.com/verbs/${tag}` },
    context: { contextActivities: { grouping: [anActivity(tag)] } },
  });
  return { ...statement, id: randomUUID() };
}
