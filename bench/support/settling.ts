import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Machine, untilIdle, type Wait } from '#bench/support/until-idle.ts';
import { worked } from '#bench/support/worked.ts';

/** A pause in which an LRS does what it has left to do, so that it takes no time of what is measured next. */
export interface Settling {
  /** @param before what is measured next */
  readonly settle: (before: string) => Promise<void>;
  /** How long each pause was. */
  readonly waits: readonly NamedWait[];
}

export interface NamedWait extends Wait {
  readonly before: string;
}

const THIS_MACHINE: Machine = { now: () => performance.now(), worked: () => worked(cpus()), sleep };

/** Pauses until the machine is idle. */
export function settling(progress: (text: string) => void, machine = THIS_MACHINE): Settling {
  const waits: NamedWait[] = [];
  return {
    settle: async (before) => void waits.push({ before, ...(await untilIdle(machine, progress)) }),
    waits,
  };
}
