import { describe, expect, it } from 'vitest';
import { readExportQuery } from '#http/statements/export-query.ts';
import { readStatementParameters } from '#http/statements/statement-parameters.ts';
import { problemOf } from '#test/support/problem-of.ts';
import { anAgent, ifiOfAgent } from '#test/support/statements.ts';
import schema from '../../../../schemas/admin/export-query.json' with { type: 'json' };

/** Of an answer, not of what is chosen. */
const OF_ANSWERS = ['attachments', 'cursor'];

describe('the query of an export', () => {
  it('has every parameter of GET statements, and no other', () => {
    const { expected = '' } = problemOf(() => readStatementParameters([{ name: 'none', value: '' }], '2.0.0'));
    const declared = expected.replace('one of ', '').split(', ');
    expect([...Object.keys(schema.properties), ...OF_ANSWERS].toSorted()).toEqual(declared.toSorted());
  });

  it('is read by the rules for the parameters', () => {
    const query = {
      agent: anAgent('ann'),
      verb: 'http://example.com/v',
      since: '1970-01-01T00:00:01Z',
      related_agents: true,
      ascending: true,
      limit: 70_000,
      format: 'ids',
    } as const;
    expect(readExportQuery(query)).toMatchObject({
      kind: 'list',
      filters: { agent: ifiOfAgent('ann'), verb: 'http://example.com/v', since: 1_000, relatedAgents: true },
      ascending: true,
      limit: 70_000,
      format: 'ids',
    });
  });
});
