import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { builtinModules } from '#lib/bundle/builtin-modules.ts';

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    write: false,
    plugins: [builtinModules],
  });
  return outputFiles[0]?.text ?? '';
}

/** Runs a bundle. @returns its exports. */
async function run(contents: string): Promise<unknown> {
  return import(`data:text/javascript,${encodeURIComponent(await bundle(contents))}`);
}

describe('modules of Node, in a bundle', () => {
  it('are those that an import gives', async () => {
    const source = `import { createHash } from 'node:crypto'; import path, { join } from 'node:path';
      export const hash = createHash('sha256').update('x').digest('hex').length;
      export const same = path.join === join;
      export const later = async () => (await import('node:os')).EOL;`;
    expect(await run(source)).toMatchObject({ hash: 64, same: true });
  });

  it('are loaded without what is behind their other members', async () => {
    const text = await bundle(`import { request } from 'node:http'; export { request };`);
    expect(text).toContain('process.getBuiltinModule("node:http")');
    expect(text).toContain('"request"');
    expect(text).not.toContain('WebSocket');
  });

  it('keep what they load late until something uses it', async () => {
    const source = `import { ReadStream, createReadStream } from 'node:fs';
      import { getRandomValues } from 'node:crypto';
      const stream = createReadStream('/');
      stream.on('error', () => {});
      export const is = stream instanceof ReadStream;
      export const isNot = {} instanceof ReadStream;
      export const made = new ReadStream('/').on('error', () => {}) instanceof ReadStream;
      export const bytes = getRandomValues(new Uint8Array(4)).length;`;
    expect(await run(source)).toMatchObject({ is: true, isNot: false, made: true, bytes: 4 });
  });

  it('are not loaded when nothing of them is used', async () => {
    expect(await bundle(`import { request } from 'node:http';`)).not.toContain('getBuiltinModule');
  });

  it('fail the build when they have no such member', async () => {
    await expect(bundle(`import { fetchAll } from 'node:http'; export { fetchAll };`)).rejects.toThrow(
      'No matching export in "builtin-module:node:http" for import "fetchAll"',
    );
  });
});
