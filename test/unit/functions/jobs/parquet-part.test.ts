import { describe, expect, it } from 'vitest';
import { ParquetPart } from '#functions/jobs/export/parquet-part.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import { encodeBodies, openBodies } from '#storage/dynamodb/statements/body-codec.ts';
import { memoryInUse } from '#test/support/memory-in-use.ts';
import { uuidOf } from '#test/support/statement-drafts.ts';
import { aStatement } from '#test/support/statements.ts';

const CONTEXT = { keys: new ActorKeys(Buffer.alloc(32, 7), 'default'), languages: languagePreference(['en']) };
const POSITION = '0mhs3k2ab4fk29x0a0000';
const PACKS = 100;
/** Characters of the texts of a pack. */
const PACK = 500_000;

describe('a part of Parquet', () => {
  it('keeps nothing in memory of packs but the statements that are in it', async () => {
    const small = JSON.stringify({ ...aStatement(), id: uuidOf(1) });
    const pack = encodeBodies([small, JSON.stringify('x'.repeat(PACK))]);
    const part = new ParquetPart(CONTEXT);
    const before = memoryInUse().heap;
    for (let number = 0; number < PACKS; number += 1) {
      await part.add([{ id: uuidOf(number), at: POSITION, ...openBodies(pack, 2)(0), voided: false }]);
    }
    expect(memoryInUse().heap - before).toBeLessThan((PACKS * PACK) / 1_000_000 / 4);
    expect(part.statements).toBe(PACKS);
    expect((await part.end()).length).toBeGreaterThan(small.length);
  });
});
