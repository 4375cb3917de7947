import { timingSafeEqual } from 'node:crypto';
import { HmacKey } from '#access/hmac-key.ts';
import type { Principal } from '#access/principal.ts';
import type { StoreId } from '#access/store.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** A reading of the audit, of which there is a record. */
export interface Reading {
  readonly store: StoreId;
  readonly newestFirst: boolean;
  /** Milliseconds since 1970: when the record was made. */
  readonly recorded: number;
}

/** Where a reading goes on. */
export interface Continuation {
  /** `next` of the page before, as the audit gave it. */
  readonly after: string;
  readonly recorded: number;
}

type Reader = Pick<Principal, 'linkSecret'>;

/** Bytes of the authentication code. */
const CODE_BYTES = 16;

const CURSOR = /^(?<after>[\w-]+)\.(?<recorded>\d{1,15})\.(?<code>[\w-]+)$/u;

/** The end of a page for its reader, which proves that this LRS made it for this principal and this query. */
export function auditCursor(after: string, reading: Reading, reader: Reader): string {
  return `${after}.${reading.recorded}.${codeOf(after, reading, reader).toString('base64url')}`;
}

/** @throws XapiError `parameter-invalid` unless the cursor came from `auditCursor` for the same query and principal. */
export function readAuditCursor(
  cursor: string,
  query: Pick<Reading, 'store' | 'newestFirst'>,
  reader: Reader,
): Continuation {
  const { after = '', recorded = '', code = '' } = CURSOR.exec(cursor)?.groups ?? {};
  const reading = { ...query, recorded: Number(recorded) };
  const sent = Buffer.from(code, 'base64url');
  const expected = codeOf(after, reading, reader);
  if (sent.length === expected.length && timingSafeEqual(sent, expected)) return { after, recorded: reading.recorded };
  throw new XapiError({
    code: 'parameter-invalid',
    message: 'The place at which the list is to go on is none that this LRS gave this principal for this query.',
    path: 'after',
    expected: 'next of the page before',
    received: shorten(cursor),
  });
}

function codeOf(after: string, { store, newestFirst, recorded }: Reading, { linkSecret }: Reader): Buffer {
  const text = JSON.stringify(['audit', store, newestFirst, after, recorded]);
  const code = new HmacKey(Buffer.from(linkSecret, 'hex')).codeOf(text);
  return Buffer.from(code, 'hex').subarray(0, CODE_BYTES);
}
