import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = 'Usage: npm test [-- --keep-going]';

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Shows its output while it runs; that of others is shown when they fail. */
  readonly live?: boolean;
}

/** Everything that decides whether a change is good, what fails fastest first. */
const STEPS: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'boundaries', command: [process.execPath, 'tools/check-boundaries.ts'] },
  { name: 'unused code', command: ['knip', '--treat-config-hints-as-errors'] },
  { name: 'generated files', command: [process.execPath, 'tools/generate.ts', '--check'] },
  { name: 'templates', command: [process.execPath, 'tools/check-synth.ts'], live: true },
  { name: 'unit tests', command: ['vitest', 'run', '--project', 'unit'], live: true },
  { name: 'integration tests', command: ['vitest', 'run', '--project', 'integration'], live: true },
];

/** @returns whether the step passed, having printed its name and time, and its output if it did not. */
async function pass({ name, command: [program, ...parameters], live = false }: Step): Promise<boolean> {
  const start = performance.now();
  const output: Buffer[] = [];
  const child = spawn(program, parameters, {
    cwd: ROOT,
    env: { ...process.env, PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter) },
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk));
  child.once('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
  await once(child, 'close').catch(() => undefined);
  const passed = child.exitCode === 0;
  if (!passed) process.stdout.write(Buffer.concat(output));
  console.log(`${passed ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1_000).toFixed(1)} s)`);
  return passed;
}

async function main(options: readonly string[]): Promise<number> {
  if (options.some((option) => option !== '--keep-going')) {
    console.error(USAGE);
    return 2;
  }
  let passed = 0;
  let failed = 0;
  for (const step of STEPS) {
    if (await pass(step)) passed += 1;
    else failed += 1;
    if (failed > 0 && options.length === 0) break;
  }
  const skipped = STEPS.length - passed - failed;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
