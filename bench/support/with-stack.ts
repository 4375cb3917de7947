/** Undoes what was put on the stack when the work has ended, however it ended. */
export async function withStack<Result>(work: (stack: AsyncDisposableStack) => Promise<Result>): Promise<Result> {
  const stack = new AsyncDisposableStack();
  try {
    return await work(stack);
  } finally {
    await stack.disposeAsync();
  }
}
