/**
 * A file that was current when the manifest was read is not there. Others have taken its place since, then the manifest
 * is another by now and reading it again helps; or it was lost.
 */
export class FileGone extends Error {
  constructor(key: string) {
    super(`The file ${key} of the lake is gone.`);
  }
}

/** Tries are as many as compactions may come between. */
const TRIES = 5;

/** Begins anew when a file has gone meanwhile. @throws FileGone when one stays away */
export async function retryWhenGone<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FileGone) || attempt === TRIES) throw error;
    }
  }
}
