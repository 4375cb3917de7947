import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aDraft, aReference } from '#test/support/statement-drafts.ts';
import { statementStores } from '#test/support/statement-stores.ts';
import { anActivity } from '#test/support/statements.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';

const stores = await statementStores();

/** A statement with that many context activities. */
function aDraftWith(id: string, activities: number): StatementDraft {
  const other = Array.from({ length: activities }, (_, index) => anActivity(`${id}-${index}`));
  return aDraft(id, { context: { contextActivities: { other } } });
}

/** However slow the machine is, time must not be what it is refused for. */
const PATIENT = { commitBound: 60_000 };

async function expectRefused(store: string, drafts: readonly StatementDraft[]): Promise<void> {
  const statements = stores.open(PATIENT);
  await expect(statements.store(store, drafts)).rejects.toMatchObject({ code: 'request-too-large' });
  for (const { id } of drafts) expect(await statements.get(store, id)).toBeUndefined();
}

describe('a request that would make more entries than there is time for', () => {
  it('is refused when its own statements need them', async () => {
    await expectRefused('own', [aDraftWith(randomUUID(), 25_004)]);
  });

  it('is refused when its statements inherit them', async () => {
    const target = randomUUID();
    await stores.open().store('inherited', [aDraftWith(target, 1_000)]);
    const references = Array.from({ length: 26 }, () => aReference(randomUUID(), target));
    await expectRefused('inherited', references);
  });

  it('is refused when those that wait for it inherit them', async () => {
    const target = randomUUID();
    const waiting = Array.from({ length: 40 }, () => aReference(randomUUID(), target));
    await stores.open().store('waiting', waiting);
    await expectRefused('waiting', [aDraftWith(target, 3_000)]);
  }, 60_000);
});
