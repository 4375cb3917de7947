import type { JobsDeps } from '#functions/jobs/deps.ts';

/** What a worker does to the world around it: any of these may be its last. */
const ORGANS = ['jobs', 'statements', 'objects', 'attachments', 'activities', 'lake', 'marks', 'self'] as const;

export interface Mortal {
  readonly deps: JobsDeps;
  /** How many steps it has taken. */
  readonly steps: () => number;
}

/**
 * What a worker has that dies at a step, before it or after it, and takes none afterwards.
 *
 * @param last number of the step, from 1 on
 */
export function mortalDeps(deps: JobsDeps, last: number, isDone: boolean): Mortal {
  let steps = 0;
  const die = (): never => {
    throw new Error(`The worker has died at step ${last}.`);
  };
  const live = async (step: () => unknown): Promise<unknown> => {
    steps += 1;
    if (steps > last || (steps === last && !isDone)) die();
    const result = await step();
    // Others may have taken its last step meanwhile.
    return steps >= last ? die() : result;
  };
  const organs = ORGANS.map((name) => [name, mortal(deps[name], live, die)] as const);
  const sleep = async (milliseconds: number): Promise<void> => (steps >= last ? die() : deps.sleep(milliseconds));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each has what the one it stands for has
  const all = { ...deps, ...Object.fromEntries(organs), sleep } as JobsDeps;
  return { deps: all, steps: () => steps };
}

type Method = (...args: readonly unknown[]) => unknown;

function mortal<Organ extends object>(organ: Organ, live: (step: () => unknown) => unknown, die: () => never): Organ {
  return new Proxy(organ, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (!isMethod(member)) return member;
      if (name === 'consistentThrough') return () => Reflect.apply(member, target, []);
      if (name === 'list') return (...args: readonly unknown[]) => listing(member, target, args, live);
      return (...args: readonly unknown[]) => live(() => Reflect.apply(member, target, [...args])) ?? die();
    },
  });
}

function isMethod(member: unknown): member is Method {
  return typeof member === 'function';
}

async function* listing(
  list: Method,
  target: object,
  args: readonly unknown[],
  live: (step: () => unknown) => unknown,
): AsyncGenerator {
  await live(() => undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is a list
  yield* Reflect.apply(list, target, [...args]) as AsyncGenerator;
}
