import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { leftOutModules } from '#lib/bundle/left-out-modules.ts';

const ROOT = new URL('../../../../', import.meta.url).pathname;

/** An SDK that imports these modules. */
const sdkThatImports = (...modules: readonly string[]): Plugin => ({
  name: 'sdk',
  setup(build) {
    const path = 'node_modules/@aws-sdk/client-anything/index.js';
    build.onResolve({ filter: /^sdk$/ }, () => ({ path, namespace: 'sdk' }));
    build.onLoad({ filter: /^/, namespace: 'sdk' }, () => ({
      contents: modules.map((module) => `export * from '${module}';`).join(''),
      resolveDir: ROOT,
    }));
  },
});

const bundle = (...modules: readonly string[]): ReturnType<typeof build> =>
  build({
    stdin: { contents: 'import "sdk";', resolveDir: ROOT },
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
    logLevel: 'silent',
    plugins: [sdkThatImports(...modules), leftOutModules],
  });

const ALL = ['@aws-sdk/credential-provider-node', '@smithy/core/event-streams', '@aws-sdk/endpoint-cache'];

describe('modules that are left out', () => {
  it('have something small in their place', async () => {
    const { metafile } = await bundle(...ALL);
    expect(Object.keys(metafile?.inputs ?? {})).toEqual(
      expect.arrayContaining(ALL.map((module) => `left-out-module:${module}`)),
    );
  });

  it.each(ALL)('fail the build when the SDK comes without %s', async (module) => {
    await expect(bundle()).rejects.toThrow(`The SDK does not import ${module} any more.`);
  });

  it('are not missed in a bundle without the SDK', async () => {
    const bare = { stdin: { contents: '' }, bundle: true, metafile: true, write: false, plugins: [leftOutModules] };
    expect(await build(bare)).toMatchObject({ errors: [] });
  });
});
