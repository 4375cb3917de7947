import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { builtinModules } from '#lib/bundle/builtin-modules.ts';
import { leftOutModules } from '#lib/bundle/left-out-modules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One ES module for Lambda's `nodejs24.x`. */
const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  // Names are shortened too: they are a third of the code, all of which has to be read at a cold start, and a source map
  // would have to be loaded with it. The same commit gives the same bytes, so `npm run stack` makes the map of a
  // deployed function when somebody has a stack to read.
  minify: true,
  legalComments: 'none',
  plugins: [builtinModules, leftOutModules],
  metafile: true,
  write: false,
  logLevel: 'silent',
} as const satisfies BuildOptions;

export interface Bundle {
  readonly code: Uint8Array;
  /** From positions in the code to the source; JSON. */
  readonly sourceMap: string;
  /** What went in, by esbuild's account. */
  readonly metafile: Metafile;
}

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
      const { code } = await bundleFunction(name);
      await rm(directory, { recursive: true, force: true });
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, 'index.mjs'), code);
      return [name, directory] as const;
    }),
  );
  return Object.fromEntries(directories);
}

/** Bundles `functions/<name>/index.ts`. @throws esbuild's BuildFailure */
export async function bundleFunction(name: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    entryPoints: [`functions/${name}/index.ts`],
    outfile: 'index.mjs',
    sourcemap: 'external',
    sourcesContent: false,
  });
  const [sourceMap, code] = ['.map', '.mjs'].map((extension) =>
    outputFiles.find(({ path }) => path.endsWith(extension)),
  );
  if (code === undefined || sourceMap === undefined) throw new Error(`There is no bundle of ${name}.`);
  return { code: code.contents, sourceMap: sourceMap.text, metafile };
}
