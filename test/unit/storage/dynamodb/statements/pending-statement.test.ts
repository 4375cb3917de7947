import { describe, expect, it } from 'vitest';
import { decodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { stampAll } from '#storage/dynamodb/statements/pending-statement.ts';
import { PositionSource } from '#storage/position.ts';
import { drafts } from '#test/support/statement-drafts.ts';

describe('the texts of an array', () => {
  it.each([50, 5_000])('are those of its bodies, kept or not: %i', (count) => {
    const source = new PositionSource(() => 1_767_322_800_000, 0);
    const array = stampAll(drafts(count, 0), source.take(count));
    expect(array).toHaveLength(count);
    for (const { text, length, body } of array) {
      expect(text()).toBe(decodeBody(body).text);
      expect(length).toBe(text().length);
    }
  });
});
