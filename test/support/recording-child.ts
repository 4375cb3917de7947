/** A process for one function, as Lambda gives it one: loads the bundle that is its argument, and calls it with each event. */

interface Invocation {
  readonly id: number;
  readonly event: unknown;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [, , bundle = ''] = process.argv;
const { handler }: { handler: Handler } = await import(bundle);

process.on('message', ({ id, event }: Invocation) => {
  handler(event, {}).then(
    (result) => process.send?.({ id, result: JSON.stringify(result ?? null) }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.send?.({ id: 0 });
