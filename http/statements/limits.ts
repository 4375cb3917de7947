/** Bytes of one statement as JSON and of the contents of its attachments together. */
export const STATEMENT_BYTES = 4 * 1024 * 1024;

/** Bytes around each part of an answer with attachments, at most. */
export const PART_BYTES = 512;
