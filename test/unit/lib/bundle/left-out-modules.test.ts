import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { LEFT_OUT_FILES, leftOutModules } from '#lib/bundle/left-out-modules.ts';

const MODULES = new URL('../../../../node_modules/', import.meta.url).pathname;

/** An SDK that imports these files. */
const sdkThatImports = (files: readonly string[]): Plugin => ({
  name: 'sdk',
  setup(build) {
    const path = 'node_modules/@aws-sdk/client-anything/index.js';
    build.onResolve({ filter: /^sdk$/ }, () => ({ path, namespace: 'sdk' }));
    build.onLoad({ filter: /^/, namespace: 'sdk' }, () => ({
      contents: files.map((file) => `export * from '${join(MODULES, file)}';`).join(''),
      resolveDir: MODULES,
    }));
  },
});

const bundle = (files: readonly string[]): ReturnType<typeof build> =>
  build({
    stdin: { contents: 'export * from "sdk";', resolveDir: MODULES },
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
    logLevel: 'silent',
    plugins: [sdkThatImports(files), leftOutModules],
  });

describe('modules that are left out', () => {
  it('have something small in their place', async () => {
    const [output] = (await bundle(LEFT_OUT_FILES)).outputFiles ?? [];
    expect(output?.text).toContain('Event streams are left out');
    expect(output?.text).not.toContain('fromSSO');
  });

  it.each(LEFT_OUT_FILES)('fail the build when the SDK comes without %s', async (file) => {
    await expect(bundle([])).rejects.toThrow(`The SDK does not use ${file} any more.`);
  });

  it('are not missed in a bundle without the SDK', async () => {
    const bare = { stdin: { contents: '' }, bundle: true, metafile: true, write: false, plugins: [leftOutModules] };
    expect(await build(bare)).toMatchObject({ errors: [] });
  });
});
