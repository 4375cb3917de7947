import { type CpuTime, cpuTimeOf } from '#bench/cpu/cpu-time.ts';
import { OtherPacks } from '#bench/cpu/other-packs.ts';
import { packPhases, rowPhases } from '#bench/cpu/read-phases.ts';
import { eventOf, registerBenchCredential, statementsFunction } from '#bench/cpu/statements-function.ts';
import { storePhases } from '#bench/cpu/store-phases.ts';
import { type StubbedClients, stubbedClients } from '#bench/cpu/stubbed-clients.ts';
import { statementAt, statementIdAt } from '#bench/support/generated.ts';
import type { GatewayEvent } from '#http/gateway/read-event.ts';
import type { GatewayHandler } from '#http/resource.ts';

const BATCH = 50;

export type Group = 'store, arrays of 50' | 'read, 50 of a pack' | 'read, 50 of rows' | 'single requests';

export interface Figure {
  readonly group: Group;
  readonly part: string;
  readonly time: CpuTime;
}

/** From the event to the result; the parts are of this. */
export const WHOLE = 'the whole handler';
/** Not parts: what the SDK does is added; what was read before is kept (`storage/dynamodb/statements/known-bodies.ts`). */
export const WITH_SDK = 'the whole with the SDK';
export const AGAIN = 'the whole, read again';

const PAGE = eventOf('GET', `limit=${BATCH}`);

export async function measure(progress: (text: string) => void): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const add = async (group: Group, part: string, work: () => unknown, units: number): Promise<void> => {
    progress(`${group}: ${part}`);
    figures.push({ group, part, time: await cpuTimeOf(work, units) });
  };
  const addAll = async (
    group: Group,
    { direct, serialising }: StubbedClients,
    event: GatewayEvent,
    phases: Readonly<Record<string, () => unknown>>,
  ): Promise<void> => {
    const [handler, withSdk] = [statementsFunction(direct), statementsFunction(serialising)];
    await add(group, WHOLE, () => answered(handler, event), BATCH);
    for (const [name, work] of Object.entries(phases)) await add(group, name, work, BATCH);
    await add(group, WITH_SDK, () => answered(withSdk, event), BATCH);
  };

  const inPacks = await filled([arrayOf(0), arrayOf(BATCH)]);
  await checkPages(inPacks);
  const [direct, serialising] = [new OtherPacks(inPacks.direct), new OtherPacks(inPacks.serialising)];
  await addAll('read, 50 of a pack', { direct, serialising }, PAGE, await packPhases(direct));
  const again = statementsFunction(inPacks.direct);
  await add('read, 50 of a pack', AGAIN, () => answered(again, PAGE), BATCH);
  const inRows = await filled(
    Array.from({ length: 2 * BATCH }, (_, index) => JSON.stringify(statementAt('cpu', index))),
  );
  await checkPages(inRows);
  await addAll('read, 50 of rows', inRows, PAGE, await rowPhases(inRows.direct, BATCH));
  const handler = statementsFunction(inRows.direct);
  const [get, post] = [
    eventOf('GET', `statementId=${statementIdAt('cpu', 0)}`),
    eventOf('POST', '', JSON.stringify(statementAt('cpu', 2 * BATCH))),
  ];
  await add('single requests', 'GET by id', () => answered(handler, get), 1);
  await add('single requests', 'POST of one', () => answered(handler, post), 1);
  const body = arrayOf(0);
  const clients = await filled([body]);
  await addAll('store, arrays of 50', clients, eventOf('POST', '', body), storePhases(body, clients.direct));
  return figures;
}

/** @param from index of the first. @returns JSON */
function arrayOf(from: number): string {
  return JSON.stringify(Array.from({ length: BATCH }, (_, index) => statementAt('cpu', from + index)));
}

/** @param bodies of requests to store statements, JSON */
async function filled(bodies: readonly string[]): Promise<StubbedClients> {
  const clients = stubbedClients();
  await registerBenchCredential(clients.direct);
  const handler = statementsFunction(clients.direct);
  for (const body of bodies) await answered(handler, eventOf('POST', '', body));
  return clients;
}

/** @throws Error when a client does not give a full page, and a next one. */
async function checkPages({ direct, serialising }: StubbedClients): Promise<void> {
  for (const client of [direct, serialising]) {
    const page: { readonly statements: readonly unknown[]; readonly more: string } = JSON.parse(
      await answered(statementsFunction(client), PAGE),
    );
    if (page.statements.length !== BATCH || page.more === '') throw new Error('That is not the page to be measured.');
  }
}

/** @throws Error when the answer is no success: then the time would mean nothing. @returns the body */
async function answered(handler: GatewayHandler, event: GatewayEvent): Promise<string> {
  const { statusCode, body = '' } = await handler(event);
  if (statusCode !== 200) throw new Error(`The function answered ${statusCode}: ${body}`);
  return body;
}
