import { describe, expect, it } from 'vitest';
import { readStreamRecord, type StreamRecord } from '#storage/dynamodb/statements/stream-record.ts';

const AT = '0mx1n229i000000010000';
const STATEMENT = { pk: { S: 'acme|s|id-1' }, sk: { S: 's' }, p: { S: AT }, b: { B: 'AQID' } };

type Image = NonNullable<StreamRecord['dynamodb']>['NewImage'];

function record(before: Image, after: Image): StreamRecord {
  const images = { ...(before && { OldImage: before }), ...(after && { NewImage: after }) };
  return { dynamodb: { SequenceNumber: '111', ...images } };
}

describe('a record of the stream of the Statements table', () => {
  it('tells of a statement that is new', () => {
    expect(readStreamRecord(record(undefined, STATEMENT))).toEqual({
      sequence: '111',
      store: 'acme',
      id: 'id-1',
      position: AT,
      what: 'stored',
      voided: false,
      body: { inline: Buffer.of(1, 2, 3) },
      journal: undefined,
    });
  });

  it('tells where its body is, and which journal decides', () => {
    const { b: _, ...bare } = STATEMENT;
    expect(readStreamRecord(record(undefined, { ...bare, l: { B: 'BA==' }, j: { S: 'at.1' } }))).toMatchObject({
      body: { inline: Buffer.of(4) },
      journal: 'at.1',
    });
    expect(readStreamRecord(record(undefined, { ...bare, s3: { S: 'statements/x' } }))).toMatchObject({
      body: { blob: 'statements/x' },
    });
  });

  it('tells of a statement that comes where others waited for it', () => {
    const placeholder = { pk: STATEMENT.pk, sk: STATEMENT.sk, n: { N: '1' } };
    expect(readStreamRecord(record(placeholder, { ...STATEMENT, n: { N: '1' } }))).toMatchObject({ what: 'stored' });
    const voided = { ...placeholder, vb: { S: 'id-2' } };
    expect(readStreamRecord(record(voided, { ...STATEMENT, vb: { S: 'id-2' } }))).toMatchObject({
      what: 'stored',
      voided: true,
    });
  });

  it('tells of a statement that takes the place of what an array had left', () => {
    const left = { ...STATEMENT, p: { S: '0mx1n229h000000010000' }, j: { S: 'at.1' } };
    expect(readStreamRecord(record(left, STATEMENT))).toMatchObject({
      what: 'stored',
      position: AT,
      journal: undefined,
    });
  });

  it.each([
    ['is voided', { ...STATEMENT, vb: { S: 'id-2' } }],
    ['is deleted', undefined],
    ['becomes a placeholder', { pk: STATEMENT.pk, sk: STATEMENT.sk, n: { N: '1' } }],
  ])('tells that a statement is gone when it %s', (_, after) => {
    expect(readStreamRecord(record(STATEMENT, after))).toMatchObject({ what: 'gone', id: 'id-1', position: AT });
  });

  it.each([
    ['an entry', undefined, { pk: { S: 'acme|agent|x' }, sk: { S: AT }, m: { B: 'AA==' } }],
    ['a placeholder', undefined, { pk: STATEMENT.pk, sk: STATEMENT.sk, n: { N: '1' } }],
    ['somebody who waits for a statement', STATEMENT, { ...STATEMENT, n: { N: '1' } }],
    ['a statement that was voided already', { ...STATEMENT, vb: { S: 'a' } }, { ...STATEMENT, vb: { S: 'b' } }],
    ['a journal', undefined, { pk: { S: 'acme|j|x' }, sk: { S: 'j' }, jstate: { S: 'open' } }],
    ['nothing', undefined, undefined],
  ])('means nothing when it is about %s', (_, before, after) => {
    expect(readStreamRecord(record(before, after))).toBeUndefined();
  });
});
