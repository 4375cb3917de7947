import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { cliPage } from './generate/cli-page.ts';
import { costTables } from './generate/cost-tables.ts';
import type { Generator } from './generate/generator.ts';
import { lakeQueries } from './generate/lake-queries.ts';
import { lakeTables } from './generate/lake-tables.ts';
import { managementApi } from './generate/management-api.ts';
import { routes } from './generate/routes.ts';
import { validators } from './generate/validators.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const USAGE = 'Usage: npm run generate [-- --check]';

const GENERATORS: readonly Generator[] = [
  validators,
  managementApi,
  routes,
  costTables,
  cliPage,
  lakeQueries,
  lakeTables,
];

/** `npm run generate` writes every generated file; with `--check` it only says which are stale and fails. */
async function main(options: readonly string[]): Promise<number> {
  if (options.some((option) => option !== '--check')) {
    console.error(USAGE);
    return 2;
  }
  const check = options.length > 0;
  const stale: string[] = [];
  for (const generator of GENERATORS) {
    for (const [path, text] of await generator.generate()) {
      if ((await readOrEmpty(path)) === text) continue;
      stale.push(`${path} (${generator.name})`);
      if (!check) await write(path, text);
    }
  }
  if (stale.length === 0) console.log('Generated files are up to date.');
  else if (check) console.error(`Stale, run \`npm run generate\` and commit the result:\n  ${stale.join('\n  ')}`);
  else console.log(`Written:\n  ${stale.join('\n  ')}`);
  return check && stale.length > 0 ? 1 : 0;
}

async function readOrEmpty(path: string): Promise<string> {
  return readFile(`${ROOT}${path}`, 'utf8').catch(() => '');
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(`${ROOT}${path}`), { recursive: true });
  await writeFile(`${ROOT}${path}`, text);
}

process.exitCode = await main(process.argv.slice(2));
