/**
 * Bytes. Lambda gives back at most 6 MB, of which base64 leaves 4.5: whatever is stored has to fit, and so does a page
 * made of it.
 */
export const ANSWER_BYTES = 4_400_000;

/** Bytes of the texts of a page; the rest of an answer is for what stands around them. */
export const PAGE_BYTES = 4_000_000;

/**
 * Bytes of attachments that one request may have stored, each as often as there are actors whose statements declare it,
 * and what one of them counts as at least.
 */
export const UPLOAD_BYTES = 64 * 1024 * 1024;
export const UPLOAD_LEAST = 64 * 1024;

/** Statements on a page: the server's maximum, which `limit=0` stands for (xAPI 1.0.3, Communication 2.1.3). */
const PAGE_STATEMENTS = 500;

/** @param limit as it was asked for */
export function pageLimit(limit: number): number {
  return limit === 0 ? PAGE_STATEMENTS : Math.min(limit, PAGE_STATEMENTS);
}

/** Bytes around the statements of an answer; the link to the next page may hold 32 KiB of parameters, encoded again. */
export const FRAME_BYTES = 100 * 1024;
