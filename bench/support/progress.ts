/** Milliseconds between two lines where nobody watches. */
const PAUSE = 5_000;

let last = Number.NEGATIVE_INFINITY;

/** One line, which the next replaces, where somebody watches; elsewhere now and then a line, for who looks at a log. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  else if (text !== '' && performance.now() - last >= PAUSE) {
    last = performance.now();
    process.stderr.write(`${text}\n`);
  }
}
