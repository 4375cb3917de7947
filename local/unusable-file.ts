import { sep } from 'node:path';
import { StartError } from '#local/start-error.ts';

/**
 * What a start failed with, as a sentence for the person at the keyboard when it is a file or folder of the data folder that
 * cannot be used. Any other error is given back as it is.
 *
 * @param dataFolder absolute
 */
export function unusableFile(error: unknown, dataFolder: string): unknown {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return error;
  if (!error.path.startsWith(`${dataFolder}${sep}`)) return error;
  return new StartError(
    `The LRS cannot use ${error.path} (${error.message}): put right what is there, or set LRS_DATA_DIR to another folder.`,
  );
}
