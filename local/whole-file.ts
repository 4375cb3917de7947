import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Makes `text` the content of a file that only its owner may read. The file is whole at every moment, whenever this process or
 * the machine ends: the text is on the disk before it takes the place of what was there. One call at a time for each file.
 */
export async function writeWholeFile(file: string, text: string): Promise<void> {
  const whole = `${file}.new`;
  // What a killed process has left would keep its mode.
  await rm(whole, { force: true });
  await writeFile(whole, text, { mode: 0o600, flag: 'wx', flush: true });
  await rename(whole, file);
}
