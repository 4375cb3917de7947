import type { ResourceName } from '#runtime/metric-names.ts';
import type { Assumptions } from './assumptions.ts';
import { CAPACITY, type Capacity, CPU_MS, type OperationName, STATEMENT_BYTES, STORING } from './capacity.ts';
import type { Workload } from './workload.ts';

const KB = 1_024;
const PAGE = 50;

/** Requests of one kind in a month, and what each of them takes. */
export interface Requests {
  readonly resource: ResourceName;
  readonly count: number;
  readonly capacity: Capacity;
  readonly cpuMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Every kind of request of a workload; kinds that do not occur have a count of 0. */
export function requestsOf(workload: Workload, assumptions: Assumptions): readonly Requests[] {
  const all = [...storing(workload), ...reading(workload), ...documents(workload)];
  return all.map((requests) => withOverhead(requests, assumptions));
}

function storing({ statements, batch, attachments, attachmentKb }: Workload): readonly Requests[] {
  const writes = Math.ceil(statements / batch);
  const plain = {
    resource: 'statements' as const,
    capacity: CAPACITY[STORING[batch]],
    cpuMs: CPU_MS.store[batch],
    bytesIn: batch * STATEMENT_BYTES.sent,
    bytesOut: batch * 40,
  };
  return [
    { ...plain, count: writes - attachments },
    {
      ...plain,
      count: attachments,
      capacity: sum([plain.capacity, CAPACITY['put an attachment']]),
      cpuMs: plain.cpuMs + attachmentKb * CPU_MS.attachmentKb,
      bytesIn: plain.bytesIn + attachmentKb * KB,
    },
  ];
}

/**
 * What each further shard adds to a page by activity or verb: every shard is asked for a part of the page, and so are the
 * entries of it, and for each fourth the packs. With 16 shards a page takes up to 27 units instead of 2.5
 * (`npm run bench:capacity -- --shards 16 --sizes 5000`).
 */
const READ_UNITS_PER_SHARD = 1.6;

function reading({ reads, pages, shards, attachmentReads, attachmentKb }: Workload): readonly Requests[] {
  const one = { resource: 'statements' as const, cpuMs: CPU_MS.get, bytesIn: 0, bytesOut: STATEMENT_BYTES.returned };
  const page = CAPACITY['page by activity'];
  return [
    { ...one, count: reads, capacity: CAPACITY['get by id'] },
    {
      ...one,
      count: pages,
      capacity: { ...page, readUnits: page.readUnits + (shards - 1) * READ_UNITS_PER_SHARD },
      cpuMs: CPU_MS.page,
      bytesOut: PAGE * STATEMENT_BYTES.returned,
    },
    {
      ...one,
      count: attachmentReads,
      capacity: sum([CAPACITY['get by id'], CAPACITY['get an attachment']]),
      cpuMs: one.cpuMs + attachmentKb * CPU_MS.attachmentKb,
      bytesOut: one.bytesOut + attachmentKb * KB,
    },
  ];
}

function documents({ documents: count }: Workload): readonly Requests[] {
  const state = (operation: OperationName, cpuMs: number, bytesIn: number, bytesOut: number) => ({
    resource: 'activities-state' as const,
    count,
    capacity: CAPACITY[operation],
    cpuMs,
    bytesIn,
    bytesOut,
  });
  return [
    state('put a state of 500 bytes', CPU_MS.putState, 500, 0),
    state('get a state of 500 bytes', CPU_MS.getState, 0, 500),
  ];
}

/** What every request may take beside its own affair. */
function withOverhead(requests: Requests, { credentialReads, lots, replyHeaderBytes }: Assumptions): Requests {
  // Written beside the request, and as what is counted goes, each of both at most.
  const counted = ['write a lot of counted requests', 'write a lot of counted events'] as const;
  return {
    ...requests,
    capacity: sum([
      requests.capacity,
      scaled(CAPACITY['get by id'], credentialReads),
      ...counted.map((name) => ({ ...scaled(CAPACITY[name], lots), roundTrips: 0 })),
    ]),
    bytesOut: requests.bytesOut + replyHeaderBytes,
  };
}

function sum(all: readonly Capacity[]): Capacity {
  const total = (name: keyof Capacity) => all.reduce((units, capacity) => units + capacity[name], 0);
  return {
    roundTrips: total('roundTrips'),
    writeUnits: total('writeUnits'),
    transactedIndexUnits: total('transactedIndexUnits'),
    readUnits: total('readUnits'),
    s3Puts: total('s3Puts'),
    s3Gets: total('s3Gets'),
  };
}

export function scaled(capacity: Capacity, factor: number): Capacity {
  return {
    roundTrips: capacity.roundTrips * factor,
    writeUnits: capacity.writeUnits * factor,
    transactedIndexUnits: capacity.transactedIndexUnits * factor,
    readUnits: capacity.readUnits * factor,
    s3Puts: capacity.s3Puts * factor,
    s3Gets: capacity.s3Gets * factor,
  };
}
