import { randomBytes } from 'node:crypto';
import { keptText } from '#local/kept-text.ts';
import { StartError } from '#local/start-error.ts';
import { writeWholeFile } from '#local/whole-file.ts';
import type { GivenCredential } from '#storage/given-credential.ts';

const KEY_BYTES = 16;
const SECRET_BYTES = 32;

/**
 * The credential that is kept in this file, made at the first call; only the owner of the file may read it.
 *
 * @throws StartError when the file holds something else.
 */
export async function keptCredential(file: string): Promise<GivenCredential> {
  const text = await keptText(file);
  if (text !== undefined) return parse(text, file);
  const made = { key: randomBytes(KEY_BYTES).toString('hex'), secret: randomBytes(SECRET_BYTES).toString('hex') };
  await writeWholeFile(file, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

function parse(text: string, file: string): GivenCredential {
  try {
    const { key, secret }: { key: unknown; secret: unknown } = JSON.parse(text);
    if (typeof key === 'string' && typeof secret === 'string') return { key, secret };
  } catch {
    // Not JSON: the same answer as to other JSON.
  }
  throw new StartError(`${file} does not hold a key and a secret: delete it, and the next start makes new ones.`);
}
