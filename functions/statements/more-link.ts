import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Parameter } from '#http/request.ts';
import type { Visibility } from '#access/limits.ts';
import { visibilityText } from '#access/visibility.ts';
import { PAGE_END_PATTERN } from '#storage/position.ts';
import { XapiError } from '#xapi/errors.ts';

/** Who may follow a link. */
export interface LinkKey {
  /** Of the principal; hex, 32 bytes. */
  readonly linkSecret: string;
  /** A token of the same principal that may see something else gets nothing out of the link. */
  readonly visible: Visibility | undefined;
}

/** Bytes of the authentication code. */
const CODE_BYTES = 16;

/**
 * The relative IRL of the next page: the parameters of this one, and a cursor that says where to go on and proves that
 * this LRS made it, for this query and this principal (xAPI 1.0.3, Data 2.5).
 *
 * @param path of the resource, from the root
 * @param position where this page ended
 */
export function moreLink(path: string, parameters: readonly Parameter[], position: string, key: LinkKey): string {
  const query = withoutCursor(parameters);
  const cursor = `${position}.${authenticationCode(query, position, key).toString('base64url')}`;
  const pairs = [...query, { name: 'cursor', value: cursor }];
  return `${path}?${pairs.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

/**
 * @returns where to go on from.
 * @throws XapiError `parameter-invalid` unless the cursor came from `moreLink` with the same parameters and key.
 */
export function readCursor(cursor: string, parameters: readonly Parameter[], key: LinkKey): string {
  const [position = '', code = ''] = cursor.split('.');
  const sent = Buffer.from(code, 'base64url');
  const expected = authenticationCode(withoutCursor(parameters), position, key);
  const genuine = sent.length === expected.length && timingSafeEqual(sent, expected);
  if (genuine && PAGE_END_PATTERN.test(position)) return position;
  throw new XapiError({
    code: 'parameter-invalid',
    message: 'The link was changed, or was given to another credential or token: take "more" from an answer as it is.',
    path: 'cursor',
    section: 'xAPI 1.0.3, Data 2.5; xAPI 2.0, 4.2.4.3',
  });
}

function withoutCursor(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(({ name }) => name !== 'cursor');
}

/** Of the parameters in any order: some clients take links apart and put them together again. */
function authenticationCode(query: readonly Parameter[], position: string, { linkSecret, visible }: LinkKey): Buffer {
  const asked = [position, ...query.map(({ name, value }) => [name, value].join('=')).toSorted()];
  const text = JSON.stringify(visible === undefined ? asked : [[visibilityText(visible)], ...asked]);
  return createHmac('sha256', createSecretKey(linkSecret, 'hex')).update(text).digest().subarray(0, CODE_BYTES);
}
