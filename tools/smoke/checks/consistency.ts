import { memberIn } from '../answer.ts';
import type { Check, Inspection } from '../check.ts';
import { expectStatus } from '../expect-status.ts';
import { brokenPromises, isCovered, longestLag, type Observation, type Written } from '../index-lag.ts';
import { aSmokeStatement } from '../smoke-data.ts';
import { getStatement, idsIn, putStatement } from '../statements.ts';

const STATEMENTS = 5;

const CONSEQUENCE = {
  meaning:
    'Who collects statements up to X-Experience-API-Consistent-Through misses some, and never comes back for them.',
  advice:
    'The indexes lag more than the deployment allows for: raise LRS_INDEX_LAG_MS above the lag that was measured, and ' +
    'look at the throttling of the indexes on the dashboard.',
};

export const consistency: Check = {
  name: 'consistency',
  proves: 'What X-Experience-API-Consistent-Through promises to be there is there; the lag of the indexes is told.',
  run: async (inspection) => {
    const observations: Observation[] = [];
    const written: Written[] = [];
    for (let number = 0; number < STATEMENTS; number += 1) {
      const statement = await write(inspection);
      if (statement === undefined) return;
      const { id, acknowledged } = statement;
      observations.push(await observe(inspection));
      written.push({ id, acknowledged, stored: await storedOf(inspection, id) });
    }
    await observeUntilSettled(inspection, written, observations);
    judge(inspection, written, observations);
    await inspectAscending(inspection, written, observations);
  },
};

async function write(inspection: Inspection): Promise<Pick<Written, 'id' | 'acknowledged'> | undefined> {
  const statement = aSmokeStatement(inspection.data, 'consistency');
  const answer = await putStatement(inspection, statement);
  return expectStatus(inspection, answer, 204, CONSEQUENCE)
    ? { id: statement.id, acknowledged: Date.now() }
    : undefined;
}

/** By its id it is there at once, as `strong-reads` proves. */
async function storedOf(inspection: Inspection, id: string): Promise<number> {
  return Date.parse(String(memberIn(await getStatement(inspection, id), 'stored')));
}

async function observe({ send, data }: Inspection, more: Readonly<Record<string, string>> = {}): Promise<Observation> {
  const asked = Date.now();
  const answer = await send({ path: '/statements', query: { activity: data.activity('consistency'), ...more } });
  const header = answer.headers['x-experience-api-consistent-through'];
  return { asked, answered: Date.now(), consistentThrough: Date.parse(header ?? ''), ids: new Set(idsIn(answer)) };
}

/** Until all are visible and the header says so, or the time is up. */
async function observeUntilSettled(
  inspection: Inspection,
  written: readonly Written[],
  observations: Observation[],
): Promise<void> {
  const { pace, sleep } = inspection;
  const end = performance.now() + pace.visibility;
  while (performance.now() < end) {
    if (longestLag(written, observations) !== undefined && isCovered(written, observations)) return;
    await sleep(pace.poll);
    observations.push(await observe(inspection));
  }
}

function judge(
  { verify, note, pace }: Inspection,
  written: readonly Written[],
  observations: readonly Observation[],
): void {
  const lag = longestLag(written, observations);
  if (lag !== undefined) note(`found by a query ${lag} ms after the acknowledgement at most, a round trip included`);
  const last = observations.at(-1);
  const behind = (last?.answered ?? 0) - (last?.consistentThrough ?? 0);
  note(`X-Experience-API-Consistent-Through is ${(behind / 1_000).toFixed(1)} s behind the present`);
  const broken = brokenPromises(written, observations)[0];
  verify(broken === undefined, {
    expected: `every statement stored at or before the header ${iso(broken?.observation.consistentThrough)}`,
    received: `not the statement ${broken?.written.id}, stored ${iso(broken?.written.stored)}`,
    ...CONSEQUENCE,
  });
  verify(lag !== undefined || broken !== undefined, {
    expected: `every statement in the answer of a query within ${pace.visibility / 1_000} s`,
    received: 'not all of them',
    ...CONSEQUENCE,
  });
}

/** Who collects statements asks in ascending order, which ends where the header does. */
async function inspectAscending(
  inspection: Inspection,
  written: readonly Written[],
  observations: readonly Observation[],
): Promise<void> {
  if (!isCovered(written, observations) || brokenPromises(written, observations).length > 0) return;
  const { ids } = await observe(inspection, { ascending: 'true' });
  inspection.verify(
    written.every(({ id }) => ids.has(id)),
    {
      expected: `all ${written.length} statements in ascending order`,
      received: `${ids.size} of them`,
      ...CONSEQUENCE,
    },
  );
}

function iso(time: number | undefined): string {
  return time === undefined || Number.isNaN(time) ? '(none)' : new Date(time).toISOString();
}
