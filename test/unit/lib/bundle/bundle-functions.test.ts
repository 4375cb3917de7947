import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetOf } from '#bench/cold/budgets.ts';
import { type Bundle, bundleFunction, bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { LEFT_OUT_FILES } from '#lib/bundle/left-out-modules.ts';
import { RIGHTS } from '#lib/rights.ts';

const NAMES = Object.keys(RIGHTS);
const ROOT = new URL('../../../../', import.meta.url).pathname;

let bundles: Readonly<Record<string, Bundle>>;

beforeAll(async () => {
  const bundled = await Promise.all(NAMES.map(async (name) => [name, await bundleFunction(name)] as const));
  bundles = Object.fromEntries(bundled);
}, 60_000);

/** What went into the code, by path, with its bytes there. */
function contentsOf(name: string): ReadonlyMap<string, number> {
  const outputs = Object.values(bundles[name]?.metafile.outputs ?? {});
  const inputs = outputs.flatMap(({ inputs }) => Object.entries(inputs));
  return new Map(inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [[path, bytesInOutput]] : [])));
}

function pathsIn(name: string, pattern: RegExp): readonly string[] {
  return [...contentsOf(name).keys()].filter((path) => pattern.test(path));
}

function having(pattern: RegExp): readonly string[] {
  return NAMES.filter((name) => pathsIn(name, pattern).length > 0);
}

/** Whoever calls these needs no credential. */
const UNAUTHORIZED = ['about', 'keeper', 'lake-writer', 'lake-compactor', 'jobs', 'bootstrap-credential'];

describe.each(NAMES)('the bundle of %s', (name) => {
  it('is within its budget', () => {
    expect(bundles[name]?.code.byteLength).toBeLessThanOrEqual(budgetOf(name).bytes);
  });

  it('is one file that loads nothing else, also of Node only what it uses', () => {
    expect(Object.values(bundles[name]?.metafile.outputs ?? {}).flatMap(({ imports }) => imports)).toEqual([]);
  });

  it('has no credentials but those of its environment, nor anything else that does not run on Lambda', () => {
    const elsewhere =
      /credential-provider-(?!env\b)|nested-clients|token-providers|bowser|event-streams|client-s3|parseIni|readFile/u;
    expect(pathsIn(name, elsewhere).filter((path) => !LEFT_OUT_FILES.some((file) => path.endsWith(file)))).toEqual([]);
  });

  it('tells nothing about the machine that made it', () => {
    expect(Buffer.from(bundles[name]?.code ?? []).includes(ROOT)).toBe(false);
  });
});

describe('the bundles', () => {
  it('have the SDK where it is used: not in about', () => {
    expect(pathsIn('about', /@aws-sdk|@smithy|^storage\//u)).toEqual([]);
    expect(pathsIn('agents', /@aws-sdk/u)).not.toEqual([]);
  });

  it('have S3 where bodies may be large, and for the lake', () => {
    expect(having(/^storage\/s3\//u)).toEqual([
      'statements',
      'activities',
      'agents',
      'activities-state',
      'activities-profile',
      'agents-profile',
      'admin',
      'lake-writer',
      'lake-compactor',
      'jobs',
    ]);
  });

  it('have the client of Lambda where functions are called only', () => {
    expect(having(/client-lambda/u)).toEqual(['admin', 'lake-writer', 'jobs']);
  });

  it('have Parquet for the lake and exports only', () => {
    expect(having(/node_modules\/hyparquet/u)).toEqual(['lake-writer', 'lake-compactor', 'jobs']);
  });

  it('have the client of Secrets Manager where secrets are read only', () => {
    expect(having(/client-secrets-manager/u)).toEqual(['admin', 'oauth', 'bootstrap-credential']);
  });

  it('verify tokens where requests are authorized, and sign them where they are minted', () => {
    expect(having(/node_modules\/jose\//u)).toEqual(NAMES.filter((name) => !UNAUTHORIZED.includes(name)));
    expect(having(/^tokens\/sign-jwt\.ts$/u)).toEqual(['admin', 'oauth']);
  });

  it('have the management API in admin only', () => {
    expect(having(/^functions\/admin\/|admin-validators|openapi/u)).toEqual(['admin']);
  });

  it('have the validators of statements in statements, that of agents where agents are parameters', () => {
    const bytes = Object.fromEntries(
      NAMES.map((name) => [name, contentsOf(name).get('schemas/generated/validators.js')]),
    );
    expect(bytes['statements']).toBeGreaterThan(30_000);
    for (const name of ['activities-state', 'agents', 'agents-profile']) {
      expect(bytes[name]).toBeGreaterThan(0);
      expect(bytes[name]).toBeLessThan(15_000);
    }
  });

  it('run the library of tokens when the first token comes, not at import', () => {
    const inputs = Object.entries(bundles['statements']?.metafile.inputs ?? {});
    const imports = inputs.flatMap(([from, { imports }]) => imports.map((imported) => ({ from, ...imported })));
    const ofLibrary = imports.filter(({ from, path }) => path.includes('/jose/') && !from.includes('/jose/'));
    const users = new Set(ofLibrary.map(({ from }) => from));
    expect([...users].toSorted()).toEqual(['tokens/issuer-jwt.ts', 'tokens/verify-jwt.ts']);
    expect(imports.filter(({ path, kind }) => users.has(path) && kind !== 'dynamic-import')).toEqual([]);
  });

  it('have the statements table where statements are stored, read in bulk, and brought into the lake', () => {
    expect(having(/^storage\/dynamodb\/statements\//u)).toEqual(['statements', 'lake-writer', 'jobs']);
  });
});

describe('bundleFunctions', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lrs-bundles-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('leaves nothing but the bundle in the directory of the function', async () => {
    await mkdir(join(folder, 'about'));
    await writeFile(join(folder, 'about', 'chunk-of-yesterday.mjs'), '');
    expect(await bundleFunctions(folder, ['about'])).toEqual({ about: join(folder, 'about') });
    expect(await readdir(join(folder, 'about'))).toEqual(['index.mjs']);
  });

  it('makes the same bytes of the same source', async () => {
    const { statements = '' } = await bundleFunctions(folder, ['statements']);
    const written = await readFile(join(statements, 'index.mjs'));
    expect(written.equals(bundles['statements']?.code ?? Buffer.alloc(0))).toBe(true);
  });

  it('says what is wrong when there is no such function', async () => {
    await expect(bundleFunctions(folder, ['nothing'])).rejects.toThrow(
      /Could not resolve "functions\/nothing\/index.ts"/u,
    );
  });
});
