import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** Whether the best compiler has had a function that is called 1,500 times. */
const TELL = `
  function add(one, other) {
    let sum = one;
    for (const number of other) sum += number;
    return sum;
  }
  for (let count = 0; count < 1_500; count += 1) {
    add(count, [1, 2, 3]);
    if (count % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  add(1, [2]);
  console.log(%ActiveTierIsTurbofan(add));
`;

describe('compileEarlier', () => {
  it('has functions compiled well that are called some hundred times', async () => {
    const told = `(await import('#local/compilation.ts')).compileEarlier();${TELL}`;
    expect(await Promise.all([printed(TELL), printed(told)])).toEqual(['false', 'true']);
  });
});

async function printed(code: string): Promise<string> {
  const parameters = ['--allow-natives-syntax', '--input-type=module', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, parameters);
  return stdout.trim();
}
