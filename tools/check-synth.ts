import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS, findingsOf } from './synth/report.ts';
import { type Variant, VARIANTS } from './synth/variants.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BAD_APP = 'node test/fixtures/synth/bad-app.ts';
/** Leads nowhere: what asks the network fails at once. */
const NO_PROXY_THERE = 'http://127.0.0.1:9';

/** Of a machine without network, AWS credentials and Docker. */
function environment(home: string, region: string | undefined): Record<string, string> {
  return {
    PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    HTTPS_PROXY: NO_PROXY_THERE,
    HTTP_PROXY: NO_PROXY_THERE,
    CDK_DOCKER: 'there-is-no-docker',
    NO_COLOR: '1',
    ...(region !== undefined && { AWS_REGION: region }),
  };
}

/** Runs `cdk synth` as people do. @returns its exit code, null if it was killed, and all that it printed. */
async function synthesize(folder: string, options: readonly string[], variables: Record<string, string>) {
  const child = spawn('cdk', ['synth', '--quiet', '--output', folder, ...options], {
    cwd: ROOT,
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  return { code: child.exitCode, output: Buffer.concat(chunks).toString() };
}

async function problemsOf({ name, settings, region, stacks }: Variant, home: string): Promise<readonly string[]> {
  const folder = join(home, name);
  const context = Object.entries(settings).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]);
  const { code, output } = await synthesize(folder, context, environment(home, region));
  if (code !== 0 || /\b(?:WARNING|ERROR)\b/u.test(output)) return [output];
  const problems = findingsOf(await readReport(folder)).map(({ text }) => text);
  for (const stack of stacks) {
    await readFile(join(folder, `${stack}.template.json`)).catch(() => problems.push(`There is no stack ${stack}.`));
  }
  return problems;
}

/** The checks that find nothing in the app that was made to break them. */
async function blindChecks(home: string): Promise<readonly string[]> {
  const folder = join(home, 'bad');
  await synthesize(folder, ['--app', BAD_APP], environment(home, undefined));
  const found = new Set(findingsOf(await readReport(folder)).map(({ check }) => check));
  return CHECKS.filter((check) => !found.has(check)).map((check) => `${check} finds nothing in ${BAD_APP}.`);
}

async function readReport(folder: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, 'validation-report.json'), 'utf8'));
}

/** @returns whether there were none of the problems that are looked for. */
async function passes(name: string, look: () => Promise<readonly string[]>): Promise<boolean> {
  const start = performance.now();
  const problems = await look();
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
}

async function main(): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'lrs-synth-'));
  try {
    let passed = await passes('checks find what is wrong', () => blindChecks(home));
    for (const variant of VARIANTS) passed = (await passes(variant.name, () => problemsOf(variant, home))) && passed;
    return passed ? 0 : 1;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

process.exitCode = await main();
