import { type Call, connectionLost, gate, type Gate, type Interceptor } from '#test/support/faulty-client.ts';

/** Milliseconds, within which all that was sent at once is waiting. */
export const ARRIVAL = 150;

export interface HeldWrites extends Pick<Gate, 'reached' | 'open'> {
  readonly intercept: Interceptor;
  /** How many writes each call has carried out. */
  readonly sizes: readonly number[];
}

/** The first call that writes waits at a gate. @param intercept the calls that write after it */
export function heldWrites(intercept: Interceptor = (_, send) => send()): HeldWrites {
  const { reached, pass, open } = gate();
  const sizes: number[] = [];
  return {
    reached,
    open,
    sizes,
    intercept: async (call, send) => {
      const size = writesIn(call);
      if (size === 0) return send();
      sizes.push(size);
      if (sizes.length > 1) return intercept(call, send);
      await pass();
      return send();
    },
  };
}

/** Transactions are carried out, but their answers never come. */
export const unheardTransactions: Interceptor = async (call, send) => {
  const answer = await send();
  if (call.name === 'TransactWriteItems') throw connectionLost();
  return answer;
};

/** What becomes of transactions without an answer. */
export const LOST_TRANSACTIONS: readonly (readonly [string, Interceptor])[] = [
  ['is lost', (call, send) => (call.name === 'TransactWriteItems' ? Promise.reject(connectionLost()) : send())],
  ['is carried out unheard', unheardTransactions],
];

/** Batches are not counted. */
function writesIn({ name, input }: Call): number {
  if ('TransactItems' in input) return input.TransactItems?.length ?? 0;
  return name === 'PutItem' || name === 'DeleteItem' ? 1 : 0;
}
