import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWholeFile } from '#local/whole-file.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

it('a file that is written whole has the last text alone, and its owner alone may read it', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'file');
  await writeFile(`${file}.new`, 'what a killed process has left', { mode: 0o644 });
  await writeWholeFile(file, 'first, grüße');
  await writeWholeFile(file, 'last');
  expect(await readdir(folder)).toEqual(['file']);
  expect(await readFile(file, 'utf8')).toBe('last');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
