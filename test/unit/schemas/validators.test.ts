import { readFile, readdir } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { validators } from '#tools/generate/validators.ts';

const ROOT = new URL('../../../', import.meta.url);

describe('validators compiled from the schemas', () => {
  it('import nothing at run time', async () => {
    const text = await readFile(new URL('schemas/generated/validators.js', ROOT), 'utf8');
    expect(text).not.toMatch(/^import |\brequire\(|\bajv\b/m);
  });

  it('are what the schemas say now', async () => {
    for (const [path, text] of await validators.generate()) {
      expect(await readFile(new URL(path, ROOT), 'utf8')).toBe(text);
    }
  });
});

describe('schemas', () => {
  it('of 2.0 differ from the one of 1.0.3 with the same name', async () => {
    const names = await readdir(new URL('schemas/2.0/', ROOT));
    const old = await readdir(new URL('schemas/1.0.3/', ROOT));
    for (const name of names.filter((file) => old.includes(file))) {
      const [first, second] = await Promise.all(
        ['1.0.3', '2.0'].map((folder) => readFile(new URL(`schemas/${folder}/${name}`, ROOT), 'utf8')),
      );
      expect(second?.replaceAll('../1.0.3/', '')).not.toBe(first);
    }
  });
});
