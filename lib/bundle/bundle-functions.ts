import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What Lambda's `nodejs24.x` runs: ES modules, those that are loaded later in files of their own. */
const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  splitting: true,
  outExtension: { '.js': '.mjs' },
  minify: true,
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles `functions/<name>/index.ts` into `<folder>/<name>/index.mjs`, whose export `handler` Lambda calls
 * (`index.handler`). The same source gives the same bytes, wherever it is checked out.
 *
 * @param folder where the bundles go; what stands below the names is deleted first.
 * @returns the directory of each function.
 * @throws esbuild's BuildFailure when a function cannot be bundled.
 */
export async function bundleFunctions(
  folder: string,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const directories = await Promise.all(
    names.map(async (name) => {
      const directory = join(folder, name);
      await bundleFunction(name, directory);
      return [name, directory] as const;
    }),
  );
  return Object.fromEntries(directories);
}

async function bundleFunction(name: string, directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await build({ ...OPTIONS, entryPoints: [`functions/${name}/index.ts`], outdir: directory });
}
