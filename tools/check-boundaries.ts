import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import type { IConfiguration, ICruiseOptions, IReporterOutput, IViolation } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONFIGURATION = join(ROOT, '.dependency-cruiser.mjs');
const FIXTURE = join(ROOT, 'test/fixtures/boundaries');
const WITHOUT_MODULES: ReadonlySet<string> = new Set(['node_modules', 'docs', 'coverage', 'dist', 'cdk.out']);
/** Fewer would mean that the parser or the resolver fails: then nothing is found to be wrong. */
const FEWEST_MODULES = 200;

type Rules = Required<Pick<IConfiguration, 'forbidden' | 'options'>>;

/** All that may hold modules, so that a new one is not forgotten. */
function foldersWithModules(): readonly string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !WITHOUT_MODULES.has(entry.name))
    .map(({ name }) => name);
}

interface Findings {
  readonly modules: number;
  readonly violations: readonly IViolation[];
}

/** @param root the folder that the paths in the rules are relative to. */
async function examine(rules: Rules, root: string, folders: readonly string[]): Promise<Findings> {
  const { forbidden, options } = rules;
  const cruiseOptions: ICruiseOptions = { ...options, ruleSet: { forbidden }, validate: true, baseDir: root };
  const { output }: IReporterOutput = await cruise([...folders], cruiseOptions);
  if (typeof output === 'string') throw new Error(`Unexpected output of dependency-cruiser: ${output}`);
  return { modules: output.summary.totalCruised, violations: output.summary.violations };
}

/** The rules that do not find the file which was made to break them. */
async function blindRules(rules: Rules): Promise<string[]> {
  const { violations } = await examine(rules, FIXTURE, ['.']);
  const seen = new Set(violations.map(({ rule }) => rule.name));
  return rules.forbidden.map(({ name = '' }) => name).filter((name) => !seen.has(name));
}

async function main(): Promise<number> {
  const { forbidden = [], options = {} } = await extractConfiguration(CONFIGURATION);
  const rules = { forbidden, options };
  const blind = await blindRules(rules);
  if (blind.length > 0) {
    console.error(`These rules find nothing in test/fixtures/boundaries: ${blind.join(', ')}.`);
    return 1;
  }
  const { modules, violations } = await examine(rules, ROOT, foldersWithModules());
  for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);
  if (modules < FEWEST_MODULES)
    console.error(`Only ${modules} modules were seen, not the ${FEWEST_MODULES} there are.`);
  const good = violations.length === 0 && modules >= FEWEST_MODULES;
  if (good) console.log(`${modules} modules keep to ${rules.forbidden.length} rules.`);
  return good ? 0 : 1;
}

process.exitCode = await main();
