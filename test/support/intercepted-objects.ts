import type { ObjectStore } from '#storage/object-store.ts';

/** A call on its way to the bucket. */
export interface ObjectCall {
  readonly name: 'get' | 'getRange' | 'put' | 'replace' | 'delete' | 'list';
  readonly key: string;
}

/** Decides what becomes of a call: `send` has it carried out. */
export type ObjectInterceptor = <Result>(call: ObjectCall, send: () => Promise<Result>) => Promise<Result>;

/** Real objects, with somebody on the line. */
export function interceptedObjects(objects: ObjectStore, intercept: ObjectInterceptor): ObjectStore {
  return {
    root: objects.root,
    get: (key) => intercept({ name: 'get', key }, () => objects.get(key)),
    getRange: (key, start, end) => intercept({ name: 'getRange', key }, () => objects.getRange(key, start, end)),
    put: (key, content) => intercept({ name: 'put', key }, () => objects.put(key, content)),
    replace: (key, content, seen) => intercept({ name: 'replace', key }, () => objects.replace(key, content, seen)),
    delete: (key) => intercept({ name: 'delete', key }, () => objects.delete(key)),
    list: async function* (prefix, after) {
      yield* await intercept({ name: 'list', key: prefix }, () => Array.fromAsync(objects.list(prefix, after)));
    },
  };
}

/** What a process throws that has been killed. */
export class Killed extends Error {}

/**
 * Objects as a process sees them that is killed at one of its calls: nothing that it does afterwards arrives.
 *
 * @param last number of that call, from 1
 * @param isCarriedOut whether that call still is
 */
export function mortalObjects(objects: ObjectStore, last: number, isCarriedOut: boolean): ObjectStore {
  let calls = 0;
  return interceptedObjects(objects, async (_, send) => {
    calls += 1;
    if (calls < last) return send();
    if (calls === last && isCarriedOut) await send();
    throw new Killed();
  });
}

/**
 * Objects as a process sees them that falls asleep before one of its calls.
 *
 * @param call number of that call, from 1
 * @param pass resolves when it wakes up
 */
export function sleepyObjects(objects: ObjectStore, call: number, pass: () => Promise<void>): ObjectStore {
  let calls = 0;
  return interceptedObjects(objects, async (_, send) => {
    calls += 1;
    if (calls === call) await pass();
    return send();
  });
}

/** @returns whether it was not killed */
export async function survives(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}
