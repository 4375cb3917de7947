import { describe, expect, it } from 'vitest';
import { readStatementParameters } from '#http/statements/statement-parameters.ts';
import { parseForm } from '#http/parameters/form.ts';

const ID = '8f2b2f52-1111-4c1b-9dd7-0a9d4bac1234';

const read = (query: string): ReturnType<typeof readStatementParameters> =>
  readStatementParameters(parseForm(query), '1.0.3');

describe('the parameters of GET statements (xAPI 1.0.3, Communication 2.1.3)', () => {
  it('may be none', () => {
    expect(read('')).toEqual({
      kind: 'list',
      format: 'exact',
      attachments: false,
      filters: {},
      ascending: false,
      limit: 0,
      cursor: undefined,
    });
  });

  it('ask for one statement, voided or not', () => {
    expect(read(`statementId=${ID.toUpperCase()}&format=ids`)).toMatchObject({ id: ID, voided: false, format: 'ids' });
    expect(read(`voidedStatementId=${ID}&attachments=true`)).toMatchObject({ id: ID, voided: true, attachments: true });
  });

  it('ask for statements by filters', () => {
    const agent = encodeURIComponent('{"mbox":"mailto:a@example.com"}');
    const query = [
      `agent=${agent}`,
      'verb=http://example.com/v',
      'activity=http://example.com/a',
      `registration=${ID.toUpperCase()}`,
      'related_agents=true',
      'related_activities=false',
      'since=1970-01-01T00:00:01Z',
      'until=1970-01-01T00:00:02Z',
      'limit=7',
      'ascending=true',
    ].join('&');
    expect(read(query)).toMatchObject({
      filters: {
        agent: 'mbox|mailto:a@example.com',
        verb: 'http://example.com/v',
        activity: 'http://example.com/a',
        registration: ID,
        relatedAgents: true,
        relatedActivities: false,
        since: 1_000,
        until: 2_000,
      },
      limit: 7,
      ascending: true,
    });
  });

  it.each([
    ['0', 0],
    ['501', 501],
    ['1', 1],
  ])('limit=%s means %i', (limit, expected) => {
    expect(read(`limit=${limit}`)).toMatchObject({ limit: expected });
  });

  it.each(['agent', 'verb', 'registration', 'limit', 'ascending', 'since', 'related_agents', 'cursor'])(
    'do not combine an id with %s',
    (name) => {
      for (const id of ['statementId', 'voidedStatementId']) {
        expect(() => read(`${id}=${ID}&${name}=1`)).toThrow(
          expect.objectContaining({ problem: expect.objectContaining({ code: 'parameter-invalid', path: name }) }),
        );
      }
    },
  );

  it('do not combine both ids', () => {
    expect(() => read(`statementId=${ID}&voidedStatementId=${ID}`)).toThrow('cannot be combined');
  });
});
