import { type CpuTime, cpuTimeOf } from '#bench/cpu/cpu-time.ts';
import { readPhases } from '#bench/cpu/read-phases.ts';
import { eventOf, registerBenchCredential, statementsFunction } from '#bench/cpu/statements-function.ts';
import { storePhases } from '#bench/cpu/store-phases.ts';
import { stubbedClients } from '#bench/cpu/stubbed-clients.ts';
import { statementAt, statementIdAt } from '#bench/support/generated.ts';
import type { GatewayEvent } from '#http/gateway/read-event.ts';
import type { GatewayHandler } from '#http/resource.ts';

const BATCH = 50;

export type Group = 'store, arrays of 50' | 'read, pages of 50' | 'single requests';

export interface Figure {
  readonly group: Group;
  readonly part: string;
  readonly time: CpuTime;
}

/** From the event to the result; the parts are of this. */
export const WHOLE = 'the whole handler';
/** Not a part: what the SDK does is added. */
export const WITH_SDK = 'the whole with the SDK';

export async function measure(progress: (text: string) => void): Promise<readonly Figure[]> {
  const { direct, serialising } = stubbedClients();
  await registerBenchCredential(direct);
  const [handler, withSdk] = [statementsFunction(direct), statementsFunction(serialising)];
  const body = JSON.stringify(Array.from({ length: BATCH }, (_, index) => statementAt('cpu', index)));
  const one = JSON.stringify(statementAt('cpu', BATCH));
  const [store, page] = [eventOf('POST', '', body), eventOf('GET', `limit=${BATCH}`)];
  const get = eventOf('GET', `statementId=${statementIdAt('cpu', 0)}`);
  await answered(handler, store);

  const figures: Figure[] = [];
  const add = async (group: Group, part: string, work: () => unknown, units: number): Promise<void> => {
    progress(`${group}: ${part}`);
    figures.push({ group, part, time: await cpuTimeOf(work, units) });
  };
  await add('read, pages of 50', WHOLE, () => answered(handler, page), BATCH);
  for (const [name, work] of Object.entries(readPhases(body))) await add('read, pages of 50', name, work, BATCH);
  await add('read, pages of 50', WITH_SDK, () => answered(withSdk, page), BATCH);
  await add('single requests', 'GET by id', () => answered(handler, get), 1);
  await add('single requests', 'POST of one', () => answered(handler, eventOf('POST', '', one)), 1);
  await add('store, arrays of 50', WHOLE, () => answered(handler, store), BATCH);
  for (const [name, work] of Object.entries(storePhases(body))) await add('store, arrays of 50', name, work, BATCH);
  await add('store, arrays of 50', WITH_SDK, () => answered(withSdk, store), BATCH);
  return figures;
}

/** @throws Error when the answer is no success: then the time would mean nothing. */
async function answered(handler: GatewayHandler, event: GatewayEvent): Promise<void> {
  const { statusCode, body } = await handler(event);
  if (statusCode !== 200) throw new Error(`The function answered ${statusCode}: ${body}`);
}
