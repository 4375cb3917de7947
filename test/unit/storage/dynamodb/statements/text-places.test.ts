import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetsAt, placesIn, type TextPlaces } from '#storage/dynamodb/statements/text-places.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { anAgent, aStatement } from '#test/support/statements.ts';
import { type KeyFilters, matchesFilters } from '#xapi/statement/matches.ts';
import type { Statement } from '#xapi/statement/statement.ts';
import { statementKeys } from '#xapi/statement/statement-keys.ts';

/** Of which one is the beginning of the other, one has to be escaped, and one stands in what another one says. */
const IDS = [
  'http://example.com/a',
  'http://example.com/ab',
  'http://example.com/a"b\\',
  'http://example.com/ä',
] as const;
const id = fc.constantFrom(...IDS);

/** Texts also say what verb and activity others have, before and behind those of the statement. */
const statements: fc.Arbitrary<Statement> = fc
  .record({ verb: id, activity: id, other: id, name: fc.string({ unit: 'grapheme' }) })
  .map(({ verb, activity, other, name }) => ({
    context: { contextActivities: { parent: [{ id: other }] }, platform: `"verb":{"id":${JSON.stringify(other)}}` },
    ...aStatement(),
    actor: { name: `${name} ${other}`, mbox: 'mailto:ann@example.com' },
    verb: { id: verb, display: { en: other } },
    object: { id: activity },
  }));

function placesOf(statement: Statement, text = JSON.stringify(statement)): TextPlaces | undefined {
  return placesIn(text, statementKeys(statement));
}

function known(places: TextPlaces | undefined): TextPlaces {
  if (places === undefined) throw new Error('the places are unknown');
  return places;
}

describe('places in texts', () => {
  it('decide as the keys of the statement do', () => {
    const filters = fc.record({ verb: id, activity: id }, { requiredKeys: [] });
    const property = fc.property(statements, filters, (statement, wanted) => {
      const places = known(placesOf(statement));
      const expected = matchesFilters([statementKeys(statement)], wanted);
      expect(meetsAt(JSON.stringify(statement), places, wanted)).toBe(expected);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it.each<[string, KeyFilters]>([
    ['a learner', { agent: 'mbox|ann', verb: IDS[0] }],
    ['a registration', { registration: uuidOf(1) }],
    ['related activities', { verb: IDS[0], activity: IDS[0], relatedActivities: true }],
  ])('do not decide of %s', (_, wanted) => {
    const statement = aStatement({ verb: { id: IDS[0] }, object: { id: IDS[0] } });
    expect(meetsAt(JSON.stringify(statement), known(placesOf(statement)), wanted)).toBeUndefined();
  });

  it('decide of a verb where related activities are asked for of none', () => {
    const statement = aStatement({ verb: { id: IDS[0] }, object: { id: IDS[0] } });
    const places = known(placesOf(statement));
    expect(meetsAt(JSON.stringify(statement), places, { verb: IDS[0], relatedActivities: true })).toBe(true);
    expect(meetsAt(JSON.stringify(statement), places, { verb: IDS[1], relatedActivities: true })).toBe(false);
  });

  it('are told of no statement that others decide of, too', () => {
    const objects = [{ objectType: 'StatementRef', id: uuidOf(1) }, anAgent('bob')] as const;
    expect(objects.map((object) => placesOf(aStatement({ object })))).toEqual([undefined, undefined]);
  });

  it('are told of no text that does not have them as they are', () => {
    const statement = aStatement({ verb: { id: IDS[0] }, object: { id: IDS[1] } });
    const text = JSON.stringify(statement);
    expect(placesOf(statement, text.replace(`"${IDS[1]}"`, String.raw`"http:\/\/example.com\/ab"`))).toBeUndefined();
    expect(placesOf(statement, text)).toBeDefined();
  });
});
