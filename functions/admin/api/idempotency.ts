import { createHash } from 'node:crypto';
import { incarnationOf } from '#access/incarnation.ts';
import type { Principal } from '#access/principal.ts';
import type { HttpRequest } from '#http/request.ts';
import type { RememberedReply } from '#storage/registry.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** Milliseconds for which an answer is remembered. */
export const REMEMBERED_FOR = 24 * 60 * 60_000;

const HEADER = 'Idempotency-Key';

/** @throws XapiError `header-invalid` */
export function idempotencyKey({ headers }: Pick<HttpRequest, 'headers'>): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || /^[\x20-\x7E]{1,128}$/u.test(key)) return key;
  throw new XapiError({
    code: 'header-invalid',
    message: `${HEADER} has to be 1 to 128 printable characters of ASCII.`,
    path: HEADER,
    expected: '1 to 128 printable characters of ASCII',
    received: shorten(key),
  });
}

/**
 * Who has remembered replies: a principal in its store, but nobody who gets its key after it, and of another issuer's
 * principals none whom its claims lead to another store.
 */
export function idempotencyOwner({ store, key, linkSecret }: Principal): string {
  return `${store}:${incarnationOf({ linkSecret })}:${key}`;
}

/** Hex: SHA-256 of all that tells one request from another. */
export function fingerprintOf({ method, path, query, body }: HttpRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, query]))
    .update('\n')
    .update(body)
    .digest('hex');
}

/** @throws XapiError `idempotency-key-reused` unless the reply was to an equal request */
export function checkReuse({ fingerprint }: RememberedReply, request: HttpRequest): void {
  if (fingerprint === fingerprintOf(request)) return;
  throw new XapiError({
    code: 'idempotency-key-reused',
    message: `${HEADER} was sent with another request before: a new request needs a new key.`,
    path: HEADER,
  });
}
