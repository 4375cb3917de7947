import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '#access/job.ts';
import { createHandler } from '#functions/jobs/handler.ts';
import { gate } from '#test/support/faulty-client.ts';
import { anExport, idsOf, jobNow, type JobsWorld, jobsWorld, linesIn } from '#test/support/jobs.ts';
import { mortalDeps } from '#test/support/mortal-worker.ts';
import { seededRandom } from '#test/support/random.ts';
import { drafts, aVoiding, uuidOf } from '#test/support/statement-drafts.ts';
import { walk } from '#test/support/statement-walk.ts';

const SEEDS = 50;
const FIRST_SEED = randomInt(2 ** 31);
/** Steps that a worker takes from the begin to the end of these exports, at least. */
const STEPS = 60;
/** Milliseconds: longer than a worker has a job. */
const LATER = 130_000;

let offset = 0;
const now = (): number => Date.now() + offset;
let world: JobsWorld;

beforeAll(async () => {
  const first = await jobsWorld({ now, partBytes: 6_000 });
  const consistentThrough = now;
  const { store } = first;
  const statements = {
    consistentThrough,
    get: store.get.bind(store),
    query: store.query.bind(store),
  };
  world = { ...first, deps: { ...first.deps, statements } };
  await store.store('default', drafts(120, 0));
});

const event = ({ store, id }: Job) => ({ store, job: id });

/** Workers come and die, each somewhere, until one lives to the end. */
async function carryOutMortally(job: Job, random: () => number): Promise<Job> {
  for (let deaths = 0; ; deaths += 1) {
    const last = 1 + Math.floor(random() * STEPS * (1 + deaths / 4));
    const worker = mortalDeps(world.deps, last, random() < 0.5);
    await createHandler(worker.deps)(event(job)).catch(() => {});
    const { state } = await jobNow(world.deps, job);
    if (state !== 'running' && state !== 'queued') return jobNow(world.deps, job);
    offset += LATER;
  }
}

/** Of the only column. */
function cellsIn(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files.values()].flatMap((file) => file.toString().split('\r\n').slice(1, -1));
}

describe(`an export whose workers die (seeds from ${FIRST_SEED})`, () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
    'has every statement once, with seed %i',
    async (seed) => {
      const random = seededRandom(seed);
      const ascending = random() < 0.5;
      const format = random() < 0.5 ? 'jsonl' : 'csv';
      const job = await world.make(anExport({ ascending }, { format, ...(format === 'csv' && { columns: ['id'] }) }));
      expect(await carryOutMortally(job, random)).toMatchObject({ state: 'done', progress: { statements: 120 } });
      const files = await world.files(job);
      const ids = format === 'csv' ? cellsIn(files) : idsOf(linesIn(files));
      expect(ids).toEqual(await walk(world.store, { ascending }));
    },
  );
});

describe('two workers', () => {
  it('at once do a job once', async () => {
    const job = await world.make(anExport());
    const handler = createHandler(world.deps);
    const outcomes = await Promise.all([handler(event(job)), handler(event(job)), handler(event(job))]);
    expect(outcomes.toSorted()).toEqual(['done', 'not-taken', 'not-taken']);
    expect(idsOf(linesIn(await world.files(job)))).toEqual(await walk(world.store));
  });

  it('of which one was slow, do not write over each other, though a statement went in between', async () => {
    // What voids it is stored after the job was made.
    offset = 0;
    const extra = await jobsWorld({ partBytes: 6_000, now });
    await extra.store.store('default', drafts(60, 0));
    const { objects } = extra.deps;
    const waiting = gate();
    const slow = {
      ...extra.deps,
      statements: { ...statementsOf(extra), consistentThrough: now },
      objects: new Proxy(objects, {
        get:
          (target, name) =>
          async (...args: readonly unknown[]) => {
            if (name === 'replace') await waiting.pass();
            return Reflect.apply(Reflect.get(target, name), target, args);
          },
      }),
    };
    const job = await extra.make(anExport());
    const first = createHandler(slow)(event(job));
    await waiting.reached;
    offset += LATER;
    await extra.store.store('default', [aVoiding(uuidOf(900), uuidOf(50))]);
    const second = createHandler({ ...extra.deps, statements: slow.statements });
    expect(await second(event(job))).toBe('done');
    const before = await extra.files(job);
    waiting.open();
    expect(await first).toBe('lost');
    expect(await extra.files(job)).toEqual(before);
    const ids = idsOf(linesIn(before));
    expect(new Set(ids).size).toBe(ids.length);
    expect(drafts(60, 0).filter(({ id }) => !ids.includes(id))).toMatchObject([{ id: uuidOf(50) }]);
  });
});

function statementsOf({ store }: JobsWorld) {
  return { get: store.get.bind(store), query: store.query.bind(store) };
}
