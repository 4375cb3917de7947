/** The code of a file system error (`ENOENT`), or undefined. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Whether it says that there is no such file; a folder on the way to it may be missing or be a file. */
function isAbsent(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** @returns undefined when `operation` fails because there is no such file. */
export async function unlessAbsent<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** The same for one that is done in place. */
export function unlessAbsentNow<T>(operation: () => T): T | undefined {
  try {
    return operation();
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
