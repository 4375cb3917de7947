import { join } from 'node:path';
import { ROOT } from '#test/support/markdown.ts';

let count = 0;

/** One for each synthesis of each worker, the same in each run: those that the CDK makes up stay there for ever. */
export function templateFolder(): string {
  count += 1;
  return join(ROOT, 'cdk.out', 'tests', process.env['VITEST_POOL_ID'] ?? '0', String(count));
}
