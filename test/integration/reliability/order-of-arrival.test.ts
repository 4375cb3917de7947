import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { problemIn, walk } from '#test/support/http-client.ts';
import { anActivity, anAgent, aStatement } from '#test/support/statements.ts';
import { testLrs } from '#test/support/test-lrs.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';

const { lrs, client } = testLrs();

type Role = 'target' | 'reference' | 'referenceToReference' | 'voiding';

const ROLES: readonly Role[] = ['target', 'reference', 'referenceToReference', 'voiding'];

/** Whatever it refers to, a statement is found by what that is about, and that goes on (xAPI 1.0.3, Communication 2.1.3). */
const REMAINING = {
  target: ['reference', 'referenceToReference', 'voiding'],
  reference: ['target', 'referenceToReference', 'voiding'],
} as const;

const ORDERS = permutations(ROLES).flatMap((order) =>
  (['target', 'reference'] as const).map((voided) => ({ order, voided, name: order.join(', ') })),
);

describe('a target, references to it and a voiding statement', () => {
  it.each(ORDERS)('arriving as $name, with the $voided voided, are found alike', async ({ order, voided }) => {
    const { statements, filters } = chain(voided);
    for (const role of order) expect((await client.post('/statements', statements[role])).status).toBe(200);
    const remaining = REMAINING[voided].map((role) => statements[role].id).toSorted();
    for (const ids of await findBy(filters)) expect(ids).toEqual(remaining);
    const { status } = await client.getJson('/statements', { voidedStatementId: statements[voided].id });
    expect(status).toBe(200);
  });

  it.each(ORDERS)('in one array as $name, with the $voided voided, are found alike', async ({ order, voided }) => {
    const { statements, filters } = chain(voided);
    const array = order.map((role) => statements[role]);
    expect((await client.post('/statements', array)).status).toBe(200);
    const remaining = REMAINING[voided].map((role) => statements[role].id).toSorted();
    for (const ids of await findBy(filters)) expect(ids).toEqual(remaining);
  });

  it('arriving all at the same time are found alike', async () => {
    const chains = Array.from({ length: 20 }, (_, index) => chain(index % 2 === 0 ? 'target' : 'reference'));
    const answers = await Promise.all(
      chains.flatMap(({ statements }) => ROLES.map((role) => client.post('/statements', statements[role]))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { statements, filters, voided } of chains) {
      const remaining = REMAINING[voided].map((role) => statements[role].id).toSorted();
      for (const ids of await findBy(filters)) expect(ids).toEqual(remaining);
    }
  });
});

describe('references in a circle', () => {
  it('are found by themselves, each once', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    const verb = { id: `http://example.com/${randomUUID()}` };
    for (const [index, id] of ids.entries()) {
      const object = { objectType: 'StatementRef', id: ids[(index + 1) % ids.length] ?? '' } as const;
      expect((await client.post('/statements', aStatement({ id, verb, object }))).status).toBe(200);
    }
    expect(await walk(client, lrs.url, { verb: verb.id, ascending: 'true' })).toEqual(ids);
  });
});

describe('a voiding statement (xAPI 1.0.3, Data 2.3.2)', () => {
  it('cannot be voided once it is there', async () => {
    const voiding = voidingOf(randomUUID());
    await client.post('/statements', voiding);
    const answer = await client.post('/statements', voidingOf(voiding.id));
    expect([answer.status, problemIn(answer).code]).toEqual([400, 'voiding-invalid']);
    expect((await client.getJson('/statements', { statementId: voiding.id })).status).toBe(200);
  });

  it('is not voided by one that came before it', async () => {
    const target = { ...aStatement(), id: randomUUID() };
    const voiding = voidingOf(target.id);
    for (const statement of [target, voidingOf(voiding.id), voiding]) {
      expect((await client.post('/statements', statement)).status).toBe(200);
    }
    expect((await client.getJson('/statements', { statementId: voiding.id })).status).toBe(200);
    expect((await client.getJson('/statements', { voidedStatementId: target.id })).status).toBe(200);
  });

  it('voids its target once, however many come', async () => {
    const target = { ...aStatement(), id: randomUUID() };
    for (const statement of [voidingOf(target.id), target, voidingOf(target.id)]) {
      expect((await client.post('/statements', statement)).status).toBe(200);
    }
    expect((await client.getJson('/statements', { statementId: target.id })).status).toBe(404);
    expect((await client.getJson('/statements', { voidedStatementId: target.id })).status).toBe(200);
  });
});

/** The ids that each filter finds, sorted. */
function findBy(filters: Chain['filters']): Promise<readonly (readonly string[])[]> {
  return Promise.all(filters.map(async (filter) => (await walk(client, lrs.url, filter)).toSorted()));
}

interface Chain {
  readonly voided: keyof typeof REMAINING;
  readonly statements: Readonly<Record<Role, Statement & { readonly id: string }>>;
  /** What the target alone is about. */
  readonly filters: readonly Readonly<Record<string, string>>[];
}

function chain(voided: keyof typeof REMAINING): Chain {
  const tag = randomUUID();
  const registration = randomUUID();
  const learner = anAgent(`learner-${tag}`);
  const teacher = anAgent(`teacher-${tag}`);
  const course = anActivity(`course-${tag}`);
  const target = {
    ...aStatement({ actor: learner, verb: { id: `http://example.com/${tag}` }, object: anActivity(`lesson-${tag}`) }),
    id: randomUUID(),
    context: { registration, instructor: teacher, contextActivities: { parent: [course] } },
  };
  const reference = referenceTo(target.id);
  const statements = { target, reference, referenceToReference: referenceTo(reference.id) };
  return {
    voided,
    statements: { ...statements, voiding: voidingOf(statements[voided].id) },
    filters: [
      { agent: JSON.stringify(learner) },
      { verb: target.verb.id },
      { activity: anActivity(`lesson-${tag}`).id },
      { registration },
      { agent: JSON.stringify(teacher), related_agents: 'true' },
      { activity: course.id, related_activities: 'true' },
    ],
  };
}

function referenceTo(id: string): Statement & { readonly id: string } {
  return { ...aStatement({ object: { objectType: 'StatementRef', id } }), id: randomUUID() };
}

function voidingOf(id: string): Statement & { readonly id: string } {
  return { ...referenceTo(id), verb: { id: VOIDING_VERB } };
}

function permutations<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length <= 1) return [values];
  return values.flatMap((first, index) => permutations(values.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
